using Horilla.Modules.OutgoingMail.Log;
using Horilla.Modules.OutgoingMail.Outbox;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Selects the server of a message, and sends it.</summary>
public sealed partial class OutgoingMailService(
    MailServerResolver serverResolver,
    MessageSender sender,
    BatchSender batchSender,
    BackgroundRetry backgroundRetry,
    OutgoingMailEventDispatcher events,
    DirectLog log,
    ILogger<OutgoingMailService> logger) : IOutgoingMailService
{
    /// <inheritdoc />
    public async Task<OutgoingMailResult> SendAsync(MimeMessage message, OutgoingMailOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);

        if (!message.GetMailboxes().Any())
        {
            throw new ArgumentException("The message has no recipient.", nameof(message));
        }

        options ??= new OutgoingMailOptions();
        OutgoingMailConfiguration configuration;

        try
        {
            configuration = await serverResolver.ResolveAsync(message, options);
        }
        catch (DeliveryException e)
        {
            LogNoServer(message.MessageId, e.Error.Code, e.Error.Message);
            var failed = new OutgoingMailResult { Status = OutgoingMailStatus.Failed, Error = e.Error };
            log.Add(MailKind.AtOnce, message, failed, options.Category);

            return failed;
        }

        var result = options.RetryInBackground
            ? await SendOrEnqueueAsync(configuration, message, options, cancellationToken)
            : await sender.SendAsync(new SendingRequest(configuration, message, options.ActingUser, SendingPurpose.Message), cancellationToken);

        if (result.MailId is null)
        {
            log.Add(MailKind.AtOnce, message, result, options.Category);
        }

        return result.Status == OutgoingMailStatus.Failed && configuration.FailSilently
            ? new OutgoingMailResult { Status = OutgoingMailStatus.Suppressed, ConfigurationId = result.ConfigurationId, Duration = result.Duration }
            : result;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<OutgoingMailDelivery> SendManyAsync(IAsyncEnumerable<MimeMessage> messages, OutgoingMailOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        return batchSender.SendAsync(messages, options ?? new OutgoingMailOptions(), cancellationToken);
    }

    /// <summary>Sends a test message through the given configuration, and reports a failure even if the configuration is set to fail silently.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="message">The message.</param>
    /// <param name="isUnsaved">Whether the configuration hasn't been saved. The result then isn't recorded.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<OutgoingMailResult> TestAsync(OutgoingMailConfiguration configuration, MimeMessage message, bool isUnsaved, CancellationToken cancellationToken)
    {
        var result = await sender.SendAsync(new SendingRequest(configuration, message, ActingUser: null, isUnsaved ? SendingPurpose.UnsavedTest : SendingPurpose.Test), cancellationToken);

        if (!isUnsaved)
        {
            log.Add(MailKind.Test, message, result, category: null);
        }

        return result;
    }

    /// <summary>Sends a message, and stores it in the outbox if it can't be sent now but later, to all recipients or to some. Handlers are told either of the end or of the deferral.</summary>
    private async Task<OutgoingMailResult> SendOrEnqueueAsync(OutgoingMailConfiguration configuration, MimeMessage message, OutgoingMailOptions options, CancellationToken cancellationToken)
    {
        var attempt = await sender.AttemptAsync(new SendingRequest(configuration, message, options.ActingUser, SendingPurpose.Message), cancellationToken);

        if (BackgroundRetry.CanRetry(attempt) && await backgroundRetry.TryEnqueueAsync(attempt, options) is { } queued)
        {
            return queued;
        }

        await events.DispatchCompletedAsync(attempt.Context, attempt.Result);

        return attempt.Result;
    }

    [LoggerMessage(7, LogLevel.Warning, "Message {MessageId} wasn't sent because no mail server was found: {Code}. {Reason}")]
    private partial void LogNoServer(string? messageId, string code, string reason);
}
