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
}
