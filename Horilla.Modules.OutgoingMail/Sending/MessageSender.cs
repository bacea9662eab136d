using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Composes a message, sends it with the transport of its server, and records the result. Scoped.</summary>
public sealed partial class MessageSender(
    MailServerTypes serverTypes,
    MessageComposer composer,
    OutgoingMailEventDispatcher events,
    DeliveryRecorder recorder,
    MessageErrors errors,
    TimeProvider time,
    ILogger<MessageSender> logger)
{
    /// <summary>Sends a message, and tells event handlers. A failure is part of the result.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<OutgoingMailResult> SendAsync(SendingRequest request, CancellationToken cancellationToken)
    {
        var attempt = await AttemptAsync(request, cancellationToken);
        await events.DispatchCompletedAsync(attempt.Context, attempt.Result);

        return attempt.Result;
    }

    /// <summary>Sends a message, and leaves it to the caller to tell event handlers of the result.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<SendingAttempt> AttemptAsync(SendingRequest request, CancellationToken cancellationToken)
    {
        var (configuration, message) = (request.Configuration, request.Message);
        var transport = FindTransport(configuration, message, out var transportError);
        var isTest = request.Purpose is SendingPurpose.Test or SendingPurpose.UnsavedTest;
        var delivery = CreateTrace(request, transport, isTest);
        var context = new OutgoingMailContext(message, configuration.ConfigurationId, isTest) { MailId = request.MailId };
        using var activity = recorder.StartActivity(configuration);
        composer.EnsureIdentity(message, configuration);
        await events.DispatchSendingAsync(context, cancellationToken);
        var contentError = Compose(configuration, message, request.ActingUser);
        var result = (context.StopReason, transport) switch
        {
            ({ } reason, _) => Failed(configuration, delivery, errors.Stopped(reason)),
            _ when transportError is not null => Failed(configuration, delivery, transportError),
            (_, null) => Failed(configuration, delivery, errors.ServerTypeUnavailable(configuration)),
            _ when contentError is not null => Failed(configuration, delivery, contentError),
            _ when delivery.GetRecipients(message).Count == 0 => Failed(configuration, delivery, errors.NoRecipientLeft()),
            _ => await SendAsync(transport, configuration, message, delivery, cancellationToken),
        };

        recorder.Record(activity, configuration, message, result, request.Purpose);

        return new SendingAttempt(context, result, delivery.ContentStarted, transport is { IsResumable: true });
    }

    private DeliveryTrace CreateTrace(SendingRequest request, IMailTransport? transport, bool isTest) => new(transport?.Steps ?? [], time, isTest)
    {
        IsUnsaved = request.Purpose == SendingPurpose.UnsavedTest,
        ContentStarting = request.ContentStarting,
        CompletedRecipients = request.CompletedRecipients,
    };

    /// <summary>Returns the transport of a server, or null if its type isn't available. Other modules provide transports, and creating one can throw any exception.</summary>
    private IMailTransport? FindTransport(OutgoingMailConfiguration configuration, MimeMessage message, out OutgoingMailError? error)
    {
        error = null;

        try
        {
            return serverTypes.FindTransport(configuration.Type);
        }
        catch (Exception e)
        {
            LogUnexpected(e, message.MessageId, configuration.ConfigurationId, configuration.Title);
            error = errors.Unexpected(DeliveryStep.Configuration, e);

            return null;
        }
    }

    private OutgoingMailError ExplainTimeout(IMailTransport transport, OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery)
    {
        try
        {
            return transport.ExplainTimeout(configuration, delivery);
        }
        catch (Exception e)
        {
            LogUnexpected(e, message.MessageId, configuration.ConfigurationId, configuration.Title);

            return errors.Unexpected(delivery.CurrentStep, e);
        }
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

            return errors.Unreadable(e);
        }
    }

    private async Task<OutgoingMailResult> SendAsync(IMailTransport transport, OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(configuration.TimeoutSeconds), time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);

        try
        {
            if (!transport.IsResumable && delivery.ContentStarting is { } starting)
            {
                // The transport doesn't tell when the content begins.
                await starting(linked.Token);
            }

            var response = await transport.SendAsync(configuration, message, delivery, linked.Token);

            return Accepted(configuration, message, delivery, response);
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

            return Failed(configuration, delivery, errors.Unreadable(e.InnerException!));
        }
        catch (DeliveryException e)
        {
            return Failed(configuration, delivery, e.Error);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Failed(configuration, delivery, ExplainTimeout(transport, configuration, message, delivery));
        }
        catch (Exception e)
        {
            LogUnexpected(e, message.MessageId, configuration.ConfigurationId, configuration.Title);

            return Failed(configuration, delivery, errors.Unexpected(delivery.CurrentStep, e));
        }
    }

    private static OutgoingMailResult Accepted(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, string response)
    {
        var rejected = delivery.RejectedRecipients;

        if (rejected.Count > 0 && delivery.GetRecipients(message).All(recipient => rejected.Any(refusal => refusal.Address == recipient.Address)))
        {
            // The transport should have thrown: nobody gets this message.
            return Failed(configuration, delivery, rejected[0].Error);
        }

        return new OutgoingMailResult
        {
            Status = rejected.Count == 0 ? OutgoingMailStatus.Sent : OutgoingMailStatus.PartiallySent,
            ConfigurationId = configuration.ConfigurationId,
            RefusedRecipients = rejected,
            ServerResponse = response,
            Steps = delivery.GetReports(failed: null),
            Duration = delivery.Elapsed,
        };
    }

    private static OutgoingMailResult Failed(OutgoingMailConfiguration configuration, DeliveryTrace delivery, OutgoingMailError error) => new()
    {
        Status = OutgoingMailStatus.Failed,
        ConfigurationId = configuration.ConfigurationId,
        Error = error,
        Steps = delivery.GetReports(error.Step),
        Duration = delivery.Elapsed,
    };

    [LoggerMessage(8, LogLevel.Information, "The caller cancelled message {MessageId} through the mail server '{Title}' ({ConfigurationId}) at the step {Step}. The server may have received it: {MayHaveIt}.")]
    private partial void LogCancelled(string? messageId, string configurationId, string title, DeliveryStep step, bool mayHaveIt);

    [LoggerMessage(9, LogLevel.Error, "Message {MessageId} for the mail server '{Title}' ({ConfigurationId}) couldn't be read.")]
    private partial void LogUnreadable(Exception exception, string? messageId, string configurationId, string title);

    [LoggerMessage(3, LogLevel.Error, "Unexpected error while sending message {MessageId} through the mail server '{Title}' ({ConfigurationId}).")]
    private partial void LogUnexpected(Exception exception, string? messageId, string configurationId, string title);
}
