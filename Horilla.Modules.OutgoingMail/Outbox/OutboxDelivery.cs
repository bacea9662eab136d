using System.Collections.Frozen;
using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Sends one claimed message. Scoped: a message has its own scope of the tenant.</summary>
public sealed class OutboxDelivery(
    OutboxDatabase database,
    OutboxContent content,
    MailServerResolver serverResolver,
    MessageSender sender,
    OutboxOutcomes outcomes,
    OutboxErrors errors,
    OutgoingMailEventDispatcher events,
    OutboxClock clock)
{
    /// <summary>How long a message without a server waits, unless a server is saved in the meantime.</summary>
    private static readonly TimeSpan NoServerDelay = TimeSpan.FromMinutes(5);

    /// <summary>Sends a message, writes its outcome, and then tells event handlers.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="journal">Writes marks and outcomes.</param>
    /// <param name="cancellationToken">Cancels the attempt. The message is then left to be recovered or released.</param>
    internal async Task RunAsync(OutboxClaim claim, OutboxJournal journal, CancellationToken cancellationToken)
    {
        if (claim.Mail.ExpiresAt <= clock.Now)
        {
            // While it was waiting for others that were claimed with it.
            await EndAsync(claim, OutboxMailState.Expired, errors.Expired(OutboxStore.ParseError(claim.Mail.ErrorJson)), journal);

            return;
        }

        var recipients = claim.Recipients;
        var (loaded, error) = await LoadAsync(claim, cancellationToken);

        if (loaded is not { } stored)
        {
            await FinishAsync(claim, journal, outcomes.End(claim, OutboxMailState.Failed, error!, recipients), attempt: null);

            return;
        }

        await using (stored.Buffer)
        {
            using (stored.Message)
            {
                await RunAsync(claim, stored.Message, recipients, journal, cancellationToken);
            }
        }
    }

    /// <summary>Ends a message that isn't sent, and tells event handlers.</summary>
    internal Task EndAsync(OutboxClaim claim, OutboxMailState state, OutgoingMailError error, OutboxJournal journal)
        => FinishAsync(claim, journal, outcomes.End(claim, state, error, claim.Recipients), attempt: null);

    private async Task RunAsync(OutboxClaim claim, MimeMessage message, IReadOnlyList<OutboxRecipientRow> recipients, OutboxJournal journal, CancellationToken cancellationToken)
    {
        var options = claim.Mail.GetOptions();
        var (configuration, noServer) = await ResolveAsync(claim, message, options);

        if (configuration is null || configuration.ConfigurationId != claim.Mail.ConfigurationId)
        {
            // It waits with the messages of its new server, or until a server fits.
            var postponed = outcomes.Postpone(claim, configuration?.ConfigurationId ?? "", configuration is null ? clock.Now + NoServerDelay.Ticks : clock.Now, noServer);
            await FinishAsync(claim, journal, postponed, attempt: null);

            return;
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var request = new SendingRequest(configuration, message, options.GetActingUser(), SendingPurpose.Outbox)
        {
            MailId = claim.Mail.MailId,
            ContentStarting = _ => MarkAsync(claim, journal, lost),
            CompletedRecipients = recipients.Where(recipient => recipient.State != OutboxRecipientState.Pending).Select(recipient => recipient.Address).ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        };
        var attempt = await sender.AttemptAsync(request, lost.Token);
        await FinishAsync(claim, journal, await outcomes.DecideAsync(claim, configuration, attempt, recipients), attempt);
    }

    /// <summary>Writes down that the content begins. If the claim is no longer valid, another node has the message.</summary>
    private static async Task MarkAsync(OutboxClaim claim, OutboxJournal journal, CancellationTokenSource lost)
    {
        var isValid = false;

        try
        {
            isValid = await journal.MarkContentStartedAsync(claim);
        }
        finally
        {
            if (!isValid)
            {
                await lost.CancelAsync();
            }
        }

        lost.Token.ThrowIfCancellationRequested();
    }

    private async Task<((MimeMessage Message, IAsyncDisposable? Buffer)? Stored, OutgoingMailError? Error)> LoadAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        var mail = claim.Mail;

        try
        {
            var stored = claim.Content is { } data
                ? await content.ReadAsync(data, mail.MailId, mail.Size, cancellationToken)
                : await database.ReadAsync(connection => content.ReadAsync(connection, mail.MailId, mail.Size), cancellationToken);

            return (stored, stored is null ? errors.ContentUnreadable() : null);
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException or FormatException)
        {
            return (null, errors.ContentUnreadable());
        }
    }

    /// <summary>Returns the server that the message was stored for, or the one that the rules select now if that one is gone.</summary>
    private async Task<(OutgoingMailConfiguration? Configuration, OutgoingMailError? Error)> ResolveAsync(OutboxClaim claim, MimeMessage message, StoredOptions options)
    {
        try
        {
            if (claim.Mail.ConfigurationId.Length > 0 && await serverResolver.FindAsync(claim.Mail.ConfigurationId) is { } current)
            {
                return (current, null);
            }

            return (await serverResolver.ResolveAsync(message, options.ToOptions(claim.Mail.Category)), null);
        }
        catch (DeliveryException e)
        {
            return (null, e.Error);
        }
    }

    private async Task FinishAsync(OutboxClaim claim, OutboxJournal journal, OutboxOutcome decided, SendingAttempt? attempt)
    {
        var outcome = UpdateServer(decided);
        var written = journal.WriteAsync(outcome);

        if (outcome.ServerState is not null || outcome.ClearsServerState)
        {
            _ = written.ContinueWith(_ => claim.Server.EndWrite(), TaskScheduler.Default);
        }

        // What became of a message is written before anybody is told.
        if (events.HasHandlers && await written)
        {
            await TellAsync(outcome, attempt);
        }
    }

    /// <summary>Records what the attempt says about the server.</summary>
    private static OutboxOutcome UpdateServer(OutboxOutcome outcome)
    {
        var health = outcome.Claim.Server;

        if (outcome.ServerError is not { } error)
        {
            return outcome with { ClearsServerState = outcome.ServerWorks && health.Succeed() };
        }

        var state = health.Fail(error, outcome.At);

        // If the server is blocked, this message is the first to be tried again.
        return outcome with { ServerState = state, DueAt = state.BlockedUntil > 0 && outcome.RoutedFrom is null ? state.BlockedUntil : outcome.DueAt };
    }

    private async Task TellAsync(OutboxOutcome outcome, SendingAttempt? attempt)
    {
        if (attempt is null)
        {
            if (outcome.EndedAt is not null && await database.ReadAsync(connection => OutboxStore.FindAsync(connection, outcome.Claim.Mail.MailId), CancellationToken.None) is { } mail)
            {
                await events.DispatchGivenUpAsync(mail);
            }
        }
        else if (outcome.State == OutboxMailState.Queued && !outcome.WasAccepted)
        {
            await events.DispatchDeferredAsync(attempt.Context, attempt.Result, OutboxStore.ToUtc(outcome.DueAt));
        }
        else
        {
            await events.DispatchCompletedAsync(attempt.Context, attempt.Result);
        }
    }
}
