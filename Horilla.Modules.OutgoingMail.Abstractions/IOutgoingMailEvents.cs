namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Handles events before and after each message of the tenant is sent. Register implementations as scoped services. If a
/// handler throws, the exception is logged and the other handlers still run.
/// </summary>
public interface IOutgoingMailEvents
{
    /// <summary>Called before the sender of a message is set. The handler can change the message or stop it.</summary>
    /// <param name="context">The message, and the server that it will be sent through.</param>
    /// <param name="cancellationToken">Cancelled when the caller cancels the attempt.</param>
    Task SendingAsync(OutgoingMailContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called after a server accepted the message for all or some of its recipients.</summary>
    /// <param name="context">The message, and the server that it was sent through.</param>
    /// <param name="result">The result.</param>
    Task SentAsync(OutgoingMailContext context, OutgoingMailResult result) => Task.CompletedTask;

    /// <summary>Called after no server accepted the message, or a handler stopped it. The result has the reason even if the server is set to fail silently.</summary>
    /// <param name="context">The message, and the server that was selected for it.</param>
    /// <param name="result">The result.</param>
    Task FailedAsync(OutgoingMailContext context, OutgoingMailResult result) => Task.CompletedTask;

    /// <summary>Called after a message was stored in the outbox and committed, on the node that stored it.</summary>
    /// <param name="mail">The message.</param>
    Task QueuedAsync(OutboxMail mail) => Task.CompletedTask;

    /// <summary>Called after an attempt to send a message of the outbox failed, if it's tried again.</summary>
    /// <param name="context">The message, and the server that was selected for it.</param>
    /// <param name="result">The result of the attempt.</param>
    /// <param name="nextAttemptUtc">The earliest time of the next attempt, in UTC.</param>
    Task DeferredAsync(OutgoingMailContext context, OutgoingMailResult result, DateTime nextAttemptUtc) => Task.CompletedTask;

    /// <summary>Called after a message of the outbox reached a final state without being sent, because it expired or was tried for too long. A message that can't be sent at all is reported to <see cref="FailedAsync"/>.</summary>
    /// <param name="mail">The message.</param>
    Task GivenUpAsync(OutboxMail mail) => Task.CompletedTask;
}
