using Microsoft.Extensions.Logging;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Calls the <see cref="IOutgoingMailEvents"/> handlers of other modules. If a handler throws, the exception is logged and the other handlers still run. Scoped.</summary>
public sealed partial class OutgoingMailEventDispatcher(IEnumerable<IOutgoingMailEvents> handlers, ILogger<OutgoingMailEventDispatcher> logger)
{
    /// <summary>Calls the handlers before the sender of a message is set.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task DispatchSendingAsync(OutgoingMailContext context, CancellationToken cancellationToken)
    {
        await RaiseAsync(handler => handler.SendingAsync(context, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Calls the handlers after an attempt, whatever its result.</summary>
    public Task DispatchCompletedAsync(OutgoingMailContext context, OutgoingMailResult result)
        => RaiseAsync(handler => result.Status is OutgoingMailStatus.Sent or OutgoingMailStatus.PartiallySent
            ? handler.SentAsync(context, result)
            : handler.FailedAsync(context, result));

    /// <summary>Whether there are handlers.</summary>
    public bool HasHandlers => handlers.Any();

    /// <summary>Calls the handlers after a message was stored in the outbox.</summary>
    public Task DispatchQueuedAsync(OutboxMail mail) => RaiseAsync(handler => handler.QueuedAsync(mail));

    /// <summary>Calls the handlers after an attempt, if the message is tried again.</summary>
    public Task DispatchDeferredAsync(OutgoingMailContext context, OutgoingMailResult result, DateTime nextAttemptUtc)
        => RaiseAsync(handler => handler.DeferredAsync(context, result, nextAttemptUtc));

    /// <summary>Calls the handlers after a message ended without being sent.</summary>
    public Task DispatchGivenUpAsync(OutboxMail mail) => RaiseAsync(handler => handler.GivenUpAsync(mail));

    private async Task RaiseAsync(Func<IOutgoingMailEvents, Task> raise)
    {
        foreach (var handler in handlers)
        {
            try
            {
                await raise(handler);
            }
            catch (Exception e)
            {
                LogFailed(e, handler.GetType());
            }
        }
    }

    [LoggerMessage(5, LogLevel.Error, "The outgoing mail event handler {Handler} failed and was skipped.")]
    private partial void LogFailed(Exception exception, Type handler);
}
