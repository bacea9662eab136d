using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Selects the server, composes the message, sends it with the server's transport and records the result.</summary>
public sealed partial class OutgoingMailService(
    MailServerResolver serverResolver,
    IEnumerable<IMailTransport> transports,
    MessageComposer composer,
    OutgoingMailEventDispatcher events,
    LastDeliveryStore lastDeliveries,
    BatchSender batchSender,
    OutgoingMailTelemetry telemetry,
    MessageErrors messageErrors,
    TimeProvider time,
    IStringLocalizer<OutgoingMailService> S,
    ILogger<OutgoingMailService> logger) : IOutgoingMailService
{
    /// <inheritdoc />
    public async Task<OutgoingMailResult> SendAsync(MimeMessage message, OutgoingMailOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);

        if (!HasRecipient(message))
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

            return new OutgoingMailResult { Status = OutgoingMailStatus.Failed, Error = e.Error };
        }

        var result = await AttemptAsync(configuration, message, options.ActingUser, isTest: false, cancellationToken);

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
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<OutgoingMailResult> TestAsync(OutgoingMailConfiguration configuration, MimeMessage message, CancellationToken cancellationToken)
        => AttemptAsync(configuration, message, actingUser: null, isTest: true, cancellationToken);

    /// <summary>Whether a message has a recipient. Resent fields, which MimeKit would prefer, don't count: they're removed.</summary>
    internal static bool HasRecipient(MimeMessage message) => message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes).Any();

    private async Task<OutgoingMailResult> AttemptAsync(OutgoingMailConfiguration configuration, MimeMessage message, MailboxAddress? actingUser, bool isTest, CancellationToken cancellationToken)
    {
        var transport = transports.FirstOrDefault(candidate => candidate.ServerType == configuration.Type);
        var delivery = new DeliveryTrace(transport?.Steps ?? [], time, isTest);
        var context = new OutgoingMailContext(message, configuration.ConfigurationId, isTest);
        using var activity = telemetry.StartActivity(configuration.Type);
        composer.EnsureIdentity(message, configuration);
        await events.DispatchSendingAsync(context, cancellationToken);
        var contentError = Compose(configuration, message, actingUser);
        var result = (context.StopReason, transport) switch
        {
            ({ } reason, _) => Failed(configuration, delivery, Stopped(reason)),
            (_, null) => Failed(configuration, delivery, ServerTypeUnavailable(configuration)),
            _ when contentError is not null => Failed(configuration, delivery, contentError),
            _ when !message.GetRecipients().Any() => Failed(configuration, delivery, NoRecipientLeft()),
            _ => await SendAsync(transport, configuration, message, delivery, cancellationToken),
        };

        if (result.Error is { } error)
        {
            LogFailed(message.MessageId, configuration.ConfigurationId, configuration.Title, error.Step, error.Code, error.Message, error.ServerResponse);
        }
        else
        {
            LogSent(message.MessageId, configuration.ConfigurationId, configuration.Title, result.Duration.TotalMilliseconds);
        }

        foreach (var refusal in result.RefusedRecipients)
        {
            LogRecipientRejected(message.MessageId, configuration.ConfigurationId, configuration.Title, refusal.Error.Code, refusal.Error.ServerResponse);
        }

        telemetry.Record(activity, configuration.Type, result);
        lastDeliveries.Record(configuration, result, isTest);
        await events.DispatchCompletedAsync(context, result);

        return result;
    }

    /// <summary>Composes the message.</summary>
    /// <returns>The error if the message couldn't be read; otherwise null.</returns>
    private OutgoingMailError? Compose(OutgoingMailConfiguration configuration, MimeMessage message, MailboxAddress? actingUser)
    {
        try
        {
            composer.Compose(message, configuration, actingUser);

            return null;
        }
        catch (Exception e)
        {
            // The streams belong to the caller and can throw any exception.
            LogUnreadable(e, message.MessageId, configuration.ConfigurationId, configuration.Title);

            return messageErrors.Unreadable(e);
        }
    }

    private async Task<OutgoingMailResult> SendAsync(IMailTransport transport, OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(configuration.TimeoutSeconds), time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);

        try
        {
            var response = await transport.SendAsync(configuration, message, delivery, linked.Token);

            return new OutgoingMailResult
            {
                Status = delivery.RejectedRecipients.Count == 0 ? OutgoingMailStatus.Sent : OutgoingMailStatus.PartiallySent,
                ConfigurationId = configuration.ConfigurationId,
                RefusedRecipients = delivery.RejectedRecipients,
                ServerResponse = response,
                Steps = delivery.GetReports(failed: null),
                Duration = delivery.Elapsed,
            };
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever was thrown, the caller cancelled the attempt.
            LogCancelled(message.MessageId, configuration.ConfigurationId, configuration.Title, delivery.CurrentStep, delivery.ContentStarted);

            // Without the inner exception, which may contain what a server sent.
            throw new OperationCanceledException("The caller cancelled the attempt.", cancellationToken);
        }
        catch (MessageContentException e)
        {
            LogUnreadable(e.InnerException!, message.MessageId, configuration.ConfigurationId, configuration.Title);

            return Failed(configuration, delivery, messageErrors.Unreadable(e.InnerException!));
        }
        catch (DeliveryException e)
        {
            return Failed(configuration, delivery, e.Error);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Failed(configuration, delivery, transport.ExplainTimeout(configuration, delivery));
        }
        catch (Exception e)
        {
            LogUnexpected(e, message.MessageId, configuration.ConfigurationId, configuration.Title);

            return Failed(configuration, delivery, Unexpected(delivery.CurrentStep, e));
        }
    }

    private static OutgoingMailResult Failed(OutgoingMailConfiguration configuration, DeliveryTrace delivery, OutgoingMailError error) => new()
    {
        Status = OutgoingMailStatus.Failed,
        ConfigurationId = configuration.ConfigurationId,
        Error = error,
        Steps = delivery.GetReports(error.Step),
        Duration = delivery.Elapsed,
    };

    private OutgoingMailError Stopped(string reason) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "stopped",
        Message = reason,
        NextStep = S["A module of this site stopped the message for this reason."],
    };

    private OutgoingMailError NoRecipientLeft() => new()
    {
        Step = DeliveryStep.Recipient,
        Code = "no-recipient",
        Message = S["The message no longer has a recipient."],
        NextStep = S["A module of this site removed the recipients. Ask an operator which modules handle outgoing mail events."],
    };

    private OutgoingMailError ServerTypeUnavailable(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "type-unknown",
        Message = S["The outgoing mail server '{0}' has the type '{1}', which isn't available on this site.", configuration.Title, configuration.Type],
        NextStep = S["Enable the feature that provides this type, or use another mail server."],
    };

    private OutgoingMailError Unexpected(DeliveryStep step, Exception e) => new()
    {
        Step = step,
        Code = "unexpected",
        Message = S["Unexpected error: the message couldn't be sent ({0}).", e.GetType().Name],
        NextStep = S["Try another message. If that fails too, ask an operator to check the site's log."],
    };

    [LoggerMessage(1, LogLevel.Information, "Message {MessageId} was sent through the mail server '{Title}' ({ConfigurationId}) in {Milliseconds} ms.")]
    private partial void LogSent(string? messageId, string configurationId, string title, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} wasn't sent through the mail server '{Title}' ({ConfigurationId}): {Step}, {Code}. {Reason} Server response: {ServerResponse}")]
    private partial void LogFailed(string? messageId, string configurationId, string title, DeliveryStep step, string code, string reason, string? serverResponse);

    [LoggerMessage(4, LogLevel.Warning, "A recipient of message {MessageId} was rejected by the mail server '{Title}' ({ConfigurationId}): {Code}. Server response: {ServerResponse}")]
    private partial void LogRecipientRejected(string? messageId, string configurationId, string title, string code, string? serverResponse);

    [LoggerMessage(7, LogLevel.Warning, "Message {MessageId} wasn't sent because no mail server was found: {Code}. {Reason}")]
    private partial void LogNoServer(string? messageId, string code, string reason);

    [LoggerMessage(8, LogLevel.Information, "The caller cancelled message {MessageId} through the mail server '{Title}' ({ConfigurationId}) at the step {Step}. The server may have received it: {MayHaveIt}.")]
    private partial void LogCancelled(string? messageId, string configurationId, string title, DeliveryStep step, bool mayHaveIt);

    [LoggerMessage(9, LogLevel.Error, "Message {MessageId} for the mail server '{Title}' ({ConfigurationId}) couldn't be read.")]
    private partial void LogUnreadable(Exception exception, string? messageId, string configurationId, string title);

    [LoggerMessage(3, LogLevel.Error, "Unexpected error while sending message {MessageId} through the mail server '{Title}' ({ConfigurationId}).")]
    private partial void LogUnexpected(Exception exception, string? messageId, string configurationId, string title);
}
