using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Logging;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Stores a message in the outbox that was to be sent at once, and couldn't. Scoped.</summary>
public sealed partial class BackgroundRetry(OutgoingMailOutbox outbox, OutboxWakeUp wakeUp, OutgoingMailEventDispatcher events, ILogger<BackgroundRetry> logger)
{
    /// <summary>Whether it makes sense to try again later, for some recipients at least.</summary>
    public static bool CanRetry(SendingAttempt attempt)
        => attempt.Result.Error is { CanRetry: true } || (attempt.IsResumable && attempt.Result.RefusedRecipients.Any(refusal => refusal.Error.CanRetry));

    /// <summary>Stores and commits a message after its first attempt, for the recipients that are tried again, and tells event handlers.</summary>
    /// <param name="attempt">The attempt, which failed or was rejected for some recipients.</param>
    /// <param name="options">How it was to be sent.</param>
    /// <returns>The result with the ID of the message, or null if it couldn't be stored: the result of the attempt then stands.</returns>
    public async Task<OutgoingMailResult?> TryEnqueueAsync(SendingAttempt attempt, OutgoingMailOptions options)
    {
        string mailId;

        try
        {
            // Not cancelled with the request: the message would be lost.
            mailId = await outbox.EnqueueFailedAsync(
                attempt.Context.Message,
                new OutboxOptions { Sending = options },
                new FirstAttempt(attempt.Context.ConfigurationId, attempt.Result),
                CancellationToken.None);

        }
        catch (Exception e)
        {
            // Including any exception of an attachment's stream that can't be read again.
            LogNotStored(e, attempt.Context.Message.MessageId);

            return null;
        }

        await TellAsync(attempt, mailId);
        RecipientRefusal[] rejected = [.. attempt.Result.RefusedRecipients.Where(refusal => !refusal.Error.CanRetry)];

        return attempt.Result with
        {
            Status = rejected.Length > 0 ? OutgoingMailStatus.PartiallySent : OutgoingMailStatus.Queued,
            MailId = mailId,
            RefusedRecipients = rejected,
        };
    }

    /// <summary>Wakes the senders and tells event handlers. The message is stored, so that a failure here must not look as if it weren't.</summary>
    private async Task TellAsync(SendingAttempt attempt, string mailId)
    {
        try
        {
            await wakeUp.WakeNowAsync([mailId]);
            await DispatchAsync(attempt, mailId);
        }
        catch (Exception e)
        {
            LogNotTold(e, mailId);
        }
    }

    private async Task DispatchAsync(SendingAttempt attempt, string mailId)
    {
        if (attempt.Result.Status != OutgoingMailStatus.Failed)
        {
            // Some recipients have the message.
            await events.DispatchCompletedAsync(attempt.Context, attempt.Result);
        }
        else if (await outbox.FindAsync(mailId) is { NextAttemptUtc: { } next })
        {
            await events.DispatchDeferredAsync(attempt.Context, attempt.Result, next);
        }
    }

    [LoggerMessage(45, LogLevel.Error, "Message {MailId} is in the outbox, but its senders or event handlers couldn't be told. It's sent within a minute after it's due.")]
    private partial void LogNotTold(Exception exception, string mailId);

    [LoggerMessage(40, LogLevel.Error, "Message {MessageId} couldn't be sent, and couldn't be stored in the outbox either.")]
    private partial void LogNotStored(Exception exception, string? messageId);
}
