using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Outbox;
using MimeKit;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>What an administrator does with messages. Changes take effect when the session is committed. Scoped.</summary>
public sealed class LogActions(ISession session, OutboxDatabase database, OutboxContent content, OutgoingMailConfigurationManager configurations, IOutgoingMailOutbox outbox, OutboxWakeUp wakeUp, OutboxClock clock)
{
    /// <summary>Lets a waiting message be tried now, even if its server is in trouble.</summary>
    /// <returns>Whether it was waiting.</returns>
    public async Task<bool> TryNowAsync(string mailId, CancellationToken cancellationToken)
    {
        var connection = await database.UseAsync(session, cancellationToken);

        if (await OutboxStore.FindRowAsync(connection, mailId) is not { } row
            || await connection.ExecuteAsync("UPDATE {OutgoingMailOutbox} SET [State] = 1, [DueAt] = @now WHERE [MailId] = @mailId AND [State] IN (0, 1)", new { mailId, now = clock.Now }) == 0)
        {
            return false;
        }

        await OutboxServerState.ClearAsync(connection, row.ConfigurationId);
        wakeUp.WakeAfterCommit(mailId, notBefore: null);

        return true;
    }

    /// <summary>Undoes the changes of this session, after the database failed.</summary>
    public Task UndoAsync() => session.CancelAsync();

    /// <summary>Cancels a waiting message.</summary>
    public Task<bool> CancelAsync(string mailId, CancellationToken cancellationToken) => outbox.CancelAsync(mailId, cancellationToken);

    /// <summary>Records that a message in doubt arrived.</summary>
    /// <returns>Whether it was in doubt.</returns>
    public async Task<bool> ConfirmAsync(string mailId, CancellationToken cancellationToken)
    {
        var connection = await database.UseAsync(session, cancellationToken);
        var changed = await connection.ExecuteAsync("UPDATE {OutgoingMailOutbox} SET [State] = 3, [ErrorJson] = NULL, [ClaimNumber] = [ClaimNumber] + 1 WHERE [MailId] = @mailId AND [State] = 6", new { mailId });

        if (changed > 0)
        {
            await connection.ExecuteAsync("UPDATE {OutgoingMailOutboxRecipient} SET [State] = 1 WHERE [MailId] = @mailId AND [State] = 0", new { mailId });
        }

        return changed > 0;
    }

    /// <summary>Sends a message again: a message in doubt with the same Message-ID, any other as a new message.</summary>
    /// <param name="mailId">The message.</param>
    /// <param name="recipients">Other recipients of the new message, or null for the same.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The ID of the message that is sent; null if it can't be sent again, because its content isn't stored, can't be read or is too large, or it isn't done.</returns>
    /// <exception cref="OutboxStorageException">The database couldn't store the message.</exception>
    public async Task<string?> SendAgainAsync(string mailId, IReadOnlyList<MailboxAddress>? recipients, CancellationToken cancellationToken)
    {
        var connection = await database.UseAsync(session, cancellationToken);

        if (await OutboxStore.FindRowAsync(connection, mailId) is not { HasContent: true } row || row.State < OutboxMailState.Sent)
        {
            return null;
        }

        if (row.State == OutboxMailState.InDoubt && recipients is null)
        {
            return await ResendAsync(connection, row);
        }

        try
        {
            return await EnqueueCopyAsync(connection, row, recipients, cancellationToken);
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException or FormatException or OutboxMessageTooLargeException)
        {
            // The keys that the content was protected with are missing, it's damaged, or the operator has lowered the limit.
            return null;
        }
    }

    private async Task<string?> EnqueueCopyAsync(OutboxConnection connection, OutboxMailRow row, IReadOnlyList<MailboxAddress>? recipients, CancellationToken cancellationToken)
    {
        if (await content.ReadAsync(connection, row.MailId, row.Size) is not { } stored)
        {
            return null;
        }

        await using (stored.Buffer)
        {
            using (stored.Message)
            {
                return await EnqueueCopyAsync(row, stored.Message, recipients, cancellationToken);
            }
        }
    }

    private async Task<string?> ResendAsync(OutboxConnection connection, OutboxMailRow row)
    {
        var now = clock.Now;
        var changed = await connection.ExecuteAsync(
            "UPDATE {OutgoingMailOutbox} SET [State] = 1, [DueAt] = @now, [FirstDueAt] = @now, [ExpiresAt] = NULL, [EndedAt] = NULL, [ContentStarted] = 0, [ClaimNumber] = [ClaimNumber] + 1 WHERE [MailId] = @mailId AND [State] = 6",
            new { mailId = row.MailId, now });

        if (changed == 0)
        {
            return null;
        }

        wakeUp.WakeAfterCommit(row.MailId, notBefore: null);

        return row.MailId;
    }

    private async Task<string> EnqueueCopyAsync(OutboxMailRow row, MimeMessage message, IReadOnlyList<MailboxAddress>? recipients, CancellationToken cancellationToken)
    {
        message.Headers.RemoveAll(HeaderId.MessageId);
        message.Headers.RemoveAll(HeaderId.Date);

        if (recipients is not null)
        {
            message.To.Clear();
            message.Cc.Clear();
            message.Bcc.Clear();
            message.To.AddRange(recipients);
        }

        var options = row.GetOptions();
        var sending = options.ToOptions(row.Category) with { ActingUser = options.GetActingUser() };

        // If the server that was asked for is gone, another one is chosen: the administrator wants the message to be sent.
        sending = sending.ConfigurationId is null || await configurations.FindAsync(sending.ConfigurationId) is not null ? sending : sending with { ConfigurationId = null };

        return await outbox.EnqueueAsync(message, new OutboxOptions { Sending = sending, Priority = row.Priority, ResendIfInDoubt = options.ResendIfInDoubt }, cancellationToken);
    }
}
