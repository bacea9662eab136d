using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Logging;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Stores a message in the outbox that was to be sent at once, and couldn't. Scoped.</summary>
public sealed partial class BackgroundRetry(OutgoingMailOutbox outbox, OutgoingMailEventDispatcher events, ILogger<BackgroundRetry> logger)
{
    /// <summary>Stores and commits a message after its first attempt, and tells event handlers.</summary>
    /// <param name="attempt">The attempt, which failed.</param>
    /// <param name="options">How it was to be sent.</param>
    /// <returns>The result with the ID of the message, or null if it couldn't be stored: the failure then stands.</returns>
    public async Task<OutgoingMailResult?> TryEnqueueAsync(SendingAttempt attempt, OutgoingMailOptions options)
    {
        try
        {
            // Not cancelled with the request: the message would be lost.
            var mailId = await outbox.EnqueueFailedAsync(
                attempt.Context.Message,
                new OutboxOptions { Sending = options },
                new FirstAttempt(attempt.Context.ConfigurationId, attempt.Result),
                CancellationToken.None);

            if (await outbox.FindAsync(mailId) is { NextAttemptUtc: { } next })
            {
                await events.DispatchDeferredAsync(attempt.Context, attempt.Result, next);
            }

            return attempt.Result with { Status = OutgoingMailStatus.Queued, MailId = mailId };
        }
        catch (Exception e)
        {
            // Including any exception of an attachment's stream that can't be read again.
            LogNotStored(e, attempt.Context.Message.MessageId);

            return null;
        }
    }

    [LoggerMessage(40, LogLevel.Error, "Message {MessageId} couldn't be sent, and couldn't be stored in the outbox either.")]
    private partial void LogNotStored(Exception exception, string? messageId);
}
