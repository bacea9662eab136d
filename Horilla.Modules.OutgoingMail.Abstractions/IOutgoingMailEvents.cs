namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// What a module does before and after each mail of the tenant. Register implementations as scoped services. A handler
/// that throws is logged and passed over.
/// </summary>
public interface IOutgoingMailEvents
{
    /// <summary>Before a message is given its sender. The handler may change the message, or stop it.</summary>
    /// <param name="context">The message, and the server that it goes through.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives the attempt up.</param>
    Task SendingAsync(OutgoingMailContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After a server took the message for all or some of its recipients.</summary>
    /// <param name="context">The message, and the server that it went through.</param>
    /// <param name="result">What came of it.</param>
    Task SentAsync(OutgoingMailContext context, OutgoingMailResult result) => Task.CompletedTask;

    /// <summary>After no server took the message, or a handler stopped it. The reason is told even where the server fails silently.</summary>
    /// <param name="context">The message, and the server that it should have gone through.</param>
    /// <param name="result">What came of it.</param>
    Task FailedAsync(OutgoingMailContext context, OutgoingMailResult result) => Task.CompletedTask;
}
