using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Chooses the server, composes the message, has the transport send it, and notes how it went.</summary>
public sealed partial class OutgoingMailService(
    ServerChoice choice,
    IEnumerable<IMailTransport> transports,
    MessageComposer composer,
    MailEvents events,
    LastDeliveries lastDeliveries,
    ManyMails many,
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
            configuration = await choice.ChooseAsync(message, options);
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

        return many.SendAsync(messages, options ?? new OutgoingMailOptions(), cancellationToken);
    }

    /// <summary>Sends a test mail through this very configuration, and tells a failure even where it is set to fail silently.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<OutgoingMailResult> TestAsync(OutgoingMailConfiguration configuration, MimeMessage message, CancellationToken cancellationToken)
        => AttemptAsync(configuration, message, actingUser: null, isTest: true, cancellationToken);

    /// <summary>Whether a message goes to anybody. Not to those of Resent fields, which MimeKit would prefer: they are removed.</summary>
    internal static bool HasRecipient(MimeMessage message) => message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes).Any();

    private async Task<OutgoingMailResult> AttemptAsync(OutgoingMailConfiguration configuration, MimeMessage message, MailboxAddress? actingUser, bool isTest, CancellationToken cancellationToken)
    {
        var transport = transports.FirstOrDefault(candidate => candidate.ServerType == configuration.Type);
        var delivery = new DeliveryRecorder(transport?.Steps ?? [], time, isTest);
        var context = new OutgoingMailContext(message, configuration.ConfigurationId, isTest);
        using var activity = telemetry.Begin(configuration.Type);
        composer.Identify(message, configuration);
        await events.SendingAsync(context, cancellationToken);
        var unreadable = Compose(configuration, message, actingUser);
        var result = (context.StopReason, transport) switch
        {
            ({ } reason, _) => Failed(configuration, delivery, Stopped(reason)),
            (_, null) => Failed(configuration, delivery, TypeIsGone(configuration)),
            _ when unreadable is not null => Failed(configuration, delivery, unreadable),
            _ when !message.GetRecipients().Any() => Failed(configuration, delivery, NoRecipientIsLeft()),
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
            LogRefused(message.MessageId, configuration.ConfigurationId, configuration.Title, refusal.Error.Code, refusal.Error.ServerResponse);
        }

        telemetry.End(activity, configuration.Type, result);
        lastDeliveries.Note(configuration, result, isTest);
        await events.EndedAsync(context, result);

        return result;
    }

    /// <summary>Composes the message.</summary>
    /// <returns>Why it could not be read; null where it could.</returns>
    private OutgoingMailError? Compose(OutgoingMailConfiguration configuration, MimeMessage message, MailboxAddress? actingUser)
    {
        try
        {
            composer.Compose(message, configuration, actingUser);

            return null;
        }
        catch (Exception e)
        {
            // Its streams are the caller's, and throw what they like.
            LogUnreadable(e, message.MessageId, configuration.ConfigurationId, configuration.Title);

            return messageErrors.Unreadable(e);
        }
    }

    private async Task<OutgoingMailResult> SendAsync(IMailTransport transport, OutgoingMailConfiguration configuration, MimeMessage message, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(configuration.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);

        try
        {
            var response = await transport.SendAsync(configuration, message, delivery, both.Token);

            return new OutgoingMailResult
            {
                Status = delivery.Refused.Count == 0 ? OutgoingMailStatus.Sent : OutgoingMailStatus.PartiallySent,
                ConfigurationId = configuration.ConfigurationId,
                RefusedRecipients = delivery.Refused,
                ServerResponse = response,
                Steps = delivery.Report(failed: null),
                Duration = delivery.Elapsed,
            };
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // However the attempt broke off: its caller gave it up.
            LogGivenUp(message.MessageId, configuration.ConfigurationId, configuration.Title, delivery.Current, delivery.ContentHasBegun);

            // Without its cause, which may hold what a server sent.
            throw new OperationCanceledException("The sender gave the attempt up.", cancellationToken);
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

            return Failed(configuration, delivery, Unexpected(delivery.Current, e));
        }
    }

    private static OutgoingMailResult Failed(OutgoingMailConfiguration configuration, DeliveryRecorder delivery, OutgoingMailError error) => new()
    {
        Status = OutgoingMailStatus.Failed,
        ConfigurationId = configuration.ConfigurationId,
        Error = error,
        Steps = delivery.Report(error.Step),
        Duration = delivery.Elapsed,
    };

    private OutgoingMailError Stopped(string reason) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "stopped",
        Message = reason,
        NextStep = S["A module of this site stopped the mail, for the reason it gives."],
    };

    private OutgoingMailError NoRecipientIsLeft() => new()
    {
        Step = DeliveryStep.Recipient,
        Code = "no-recipient",
        Message = S["The mail has no recipient any more."],
        NextStep = S["A module of this site took its recipients away. An operator can tell which module listens to outgoing mail."],
    };

    private OutgoingMailError TypeIsGone(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "type-unknown",
        Message = S["The outgoing mail server '{0}' is of the type '{1}', which this site does not have.", configuration.Title, configuration.Type],
        NextStep = S["Enable the feature that brings this type, or use another mail server."],
    };

    private OutgoingMailError Unexpected(DeliveryStep step, Exception e) => new()
    {
        Step = step,
        Code = "unexpected",
        Message = S["The mail could not be sent, for a reason that was not foreseen ({0}).", e.GetType().Name],
        NextStep = S["Try another mail. If that fails too, an operator finds the cause in the log of the site."],
    };

    [LoggerMessage(1, LogLevel.Information, "The mail {MessageId} went out through the server '{Title}' ({ConfigurationId}) in {Milliseconds} ms.")]
    private partial void LogSent(string? messageId, string configurationId, string title, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "The mail {MessageId} was not sent through the server '{Title}' ({ConfigurationId}): {Step}, {Code}. {Reason} The server said: {ServerResponse}")]
    private partial void LogFailed(string? messageId, string configurationId, string title, DeliveryStep step, string code, string reason, string? serverResponse);

    [LoggerMessage(4, LogLevel.Warning, "One of several recipients of the mail {MessageId} was refused by the server '{Title}' ({ConfigurationId}): {Code}. The server said: {ServerResponse}")]
    private partial void LogRefused(string? messageId, string configurationId, string title, string code, string? serverResponse);

    [LoggerMessage(7, LogLevel.Warning, "The mail {MessageId} was not sent, for want of a server: {Code}. {Reason}")]
    private partial void LogNoServer(string? messageId, string code, string reason);

    [LoggerMessage(8, LogLevel.Information, "The mail {MessageId} through the server '{Title}' ({ConfigurationId}) was given up by its sender at the step {Step}. The server may have it: {MayHaveIt}.")]
    private partial void LogGivenUp(string? messageId, string configurationId, string title, DeliveryStep step, bool mayHaveIt);

    [LoggerMessage(9, LogLevel.Error, "The message {MessageId} through the server '{Title}' ({ConfigurationId}) could not be read.")]
    private partial void LogUnreadable(Exception exception, string? messageId, string configurationId, string title);

    [LoggerMessage(3, LogLevel.Error, "The mail {MessageId} through the server '{Title}' ({ConfigurationId}) broke off unexpectedly.")]
    private partial void LogUnexpected(Exception exception, string? messageId, string configurationId, string title);
}
