using System.Text.Json;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Writes what became of a claimed message.</summary>
internal static class OutboxResults
{
    /// <summary>Marks that the content of a message is about to be sent, if its claim is still valid.</summary>
    /// <returns>Whether the claim is still valid.</returns>
    public static async Task<bool> MarkContentStartedAsync(OutboxConnection connection, OutboxClaim claim)
        => await connection.ExecuteAsync(
            "UPDATE {OutgoingMailOutbox} SET [ContentStarted] = 1 WHERE [MailId] = @MailId AND [ClaimNumber] = @ClaimNumber AND [State] = 2",
            new { claim.Mail.MailId, claim.Mail.ClaimNumber }) > 0;

    /// <summary>Writes the outcome of an attempt.</summary>
    /// <returns>Whether the claim was still valid. A message that another node declared in doubt in the meantime takes the outcome too.</returns>
    public static async Task<bool> WriteAsync(OutboxConnection connection, OutboxOutcome outcome)
    {
        var mail = outcome.Claim.Mail;
        var changed = await connection.ExecuteAsync(
            "UPDATE {OutgoingMailOutbox} SET [State] = @State, [ConfigurationId] = @ConfigurationId, [RoutedFrom] = COALESCE(@RoutedFrom, [RoutedFrom]), [Sender] = @Sender, [Attempts] = @Attempts, [DueAt] = @DueAt, [EndedAt] = @EndedAt, [ErrorJson] = @ErrorJson, [Owner] = NULL, [LeaseUntil] = 0, [ContentStarted] = 0 "
            + "WHERE [MailId] = @MailId AND [ClaimNumber] = @ClaimNumber AND [State] IN (2, 6)",
            new
            {
                outcome.State,
                outcome.ConfigurationId,
                outcome.RoutedFrom,
                outcome.Sender,
                outcome.Attempts,
                outcome.DueAt,
                outcome.EndedAt,
                ErrorJson = outcome.Error is { } error ? JsonSerializer.Serialize(error) : null,
                mail.MailId,
                mail.ClaimNumber,
            });

        if (changed == 0)
        {
            return false;
        }

        await WriteRecipientsAsync(connection, outcome);

        if (outcome.Result is { } result)
        {
            var parameters = new DynamicParameters();
            await connection.ExecuteAsync(OutboxStore.CreateAttemptInsert(parameters, [(mail.MailId, outcome.Attempts, result, outcome.At)]), parameters);
        }

        await WriteServerAsync(connection, outcome);

        return true;
    }

    /// <summary>Queues a message again whose attempt ended without an outcome. If its content had begun, it's in doubt unless its sender wants it to be sent again.</summary>
    public static async Task<bool> ReleaseAsync(OutboxConnection connection, OutboxClaim claim)
    {
        var parameters = new { claim.Mail.MailId, claim.Mail.ClaimNumber, at = claim.At };
        const string condition = " WHERE [MailId] = @MailId AND [ClaimNumber] = @ClaimNumber AND [State] = 2";

        return await connection.ExecuteAsync("UPDATE {OutgoingMailOutbox} SET [State] = 1, [Owner] = NULL, [ContentStarted] = 0" + condition + " AND ([ContentStarted] = 0 OR [ResendIfInDoubt] = 1)", parameters) > 0
            || await connection.ExecuteAsync("UPDATE {OutgoingMailOutbox} SET [State] = 6, [EndedAt] = @at, [Owner] = NULL" + condition, parameters) > 0;
    }

    private static async Task WriteRecipientsAsync(OutboxConnection connection, OutboxOutcome outcome)
    {
        foreach (var refusal in outcome.RejectedRecipients)
        {
            await connection.ExecuteAsync(
                "UPDATE {OutgoingMailOutboxRecipient} SET [State] = 2, [ErrorJson] = @json WHERE [MailId] = @mailId AND [Address] = @address AND [State] = 0",
                new { mailId = outcome.Claim.Mail.MailId, address = refusal.Address, json = JsonSerializer.Serialize(refusal.Error) });
        }

        if (!outcome.WasAccepted)
        {
            return;
        }

        var parameters = new DynamicParameters(new { mailId = outcome.Claim.Mail.MailId });
        var except = outcome.PendingRecipients.Count == 0 ? "" : $" AND [Address] NOT IN {SqlList.Add(parameters, "address", outcome.PendingRecipients)}";
        await connection.ExecuteAsync($"UPDATE {{OutgoingMailOutboxRecipient}} SET [State] = 1 WHERE [MailId] = @mailId AND [State] = 0{except}", parameters);
    }

    private static Task WriteServerAsync(OutboxConnection connection, OutboxOutcome outcome) => outcome switch
    {
        { ServerState: { } state } => state.SaveAsync(connection),
        { ClearsServerState: true } => OutboxServerState.ClearAsync(connection, outcome.ConfigurationId),
        _ => Task.CompletedTask,
    };
}
