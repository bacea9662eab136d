using Microsoft.Extensions.Logging;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Tells other modules of each mail. A handler that throws is logged and passed over. Scoped.</summary>
public sealed partial class MailEvents(IEnumerable<IOutgoingMailEvents> handlers, ILogger<MailEvents> logger)
{
    /// <summary>Before a message is given its sender.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task SendingAsync(OutgoingMailContext context, CancellationToken cancellationToken)
    {
        await RaiseAsync(handler => handler.SendingAsync(context, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>After the attempt, whatever came of it.</summary>
    public Task EndedAsync(OutgoingMailContext context, OutgoingMailResult result)
        => RaiseAsync(handler => result.Status is OutgoingMailStatus.Sent or OutgoingMailStatus.PartiallySent
            ? handler.SentAsync(context, result)
            : handler.FailedAsync(context, result));

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

    [LoggerMessage(5, LogLevel.Error, "The handler {Handler} of mail events failed, and was passed over.")]
    private partial void LogFailed(Exception exception, Type handler);
}
