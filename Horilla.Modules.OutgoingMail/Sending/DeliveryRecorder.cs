using System.Diagnostics;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Records the result of each attempt: in the log, in the metrics and traces, and as the last delivery of its server. Scoped.</summary>
public sealed partial class DeliveryRecorder(LastDeliveryStore lastDeliveries, OutgoingMailTelemetry telemetry, ILogger<DeliveryRecorder> logger)
{
    /// <summary>Starts the activity of an attempt, or returns null if there is no listener.</summary>
    public Activity? StartActivity(OutgoingMailConfiguration configuration) => telemetry.StartActivity(configuration.Type);

    /// <summary>Records the result of an attempt.</summary>
    public void Record(Activity? activity, OutgoingMailConfiguration configuration, MimeMessage message, OutgoingMailResult result, SendingPurpose purpose)
    {
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

        if (purpose != SendingPurpose.UnsavedTest)
        {
            var usesDefaultSender = string.Equals(message.From.Mailboxes.FirstOrDefault()?.Address, configuration.DefaultFrom, StringComparison.OrdinalIgnoreCase);
            lastDeliveries.Record(configuration, result, usesDefaultSender, isTest: purpose == SendingPurpose.Test);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Message {MessageId} was sent through the mail server '{Title}' ({ConfigurationId}) in {Milliseconds} ms.")]
    private partial void LogSent(string? messageId, string configurationId, string title, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} wasn't sent through the mail server '{Title}' ({ConfigurationId}): {Step}, {Code}. {Reason} Server response: {ServerResponse}")]
    private partial void LogFailed(string? messageId, string configurationId, string title, DeliveryStep step, string code, string reason, string? serverResponse);

    [LoggerMessage(4, LogLevel.Warning, "A recipient of message {MessageId} was rejected by the mail server '{Title}' ({ConfigurationId}): {Code}. Server response: {ServerResponse}")]
    private partial void LogRecipientRejected(string? messageId, string configurationId, string title, string code, string? serverResponse);
}
