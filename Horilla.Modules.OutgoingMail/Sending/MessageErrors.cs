using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Explains errors of a message that don't depend on its server.</summary>
public sealed class MessageErrors(IStringLocalizer<MessageErrors> S)
{
    /// <summary>The message couldn't be read while it was being sent.</summary>
    internal OutgoingMailError Unreadable(Exception e) => new()
    {
        Step = DeliveryStep.Data,
        Code = "message-unreadable",
        Message = S["The message couldn't be read while it was being sent ({0}). The stream of an attachment may have failed.", e.GetType().Name],
        NextStep = S["Send the message again. If it fails again, the module that created it has to provide a readable attachment. The site's log has the details."],
    };

    /// <summary>A module stopped the message.</summary>
    internal OutgoingMailError Stopped(string reason) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "stopped",
        Message = reason,
        NextStep = S["A module of this site stopped the message for this reason."],
    };

    /// <summary>A module removed all recipients.</summary>
    internal OutgoingMailError NoRecipientLeft() => new()
    {
        Step = DeliveryStep.Recipient,
        Code = "no-recipient",
        Message = S["The message no longer has a recipient."],
        NextStep = S["A module of this site removed the recipients. Ask an operator which modules handle outgoing mail events."],
    };

    /// <summary>The feature of the server's type isn't enabled.</summary>
    internal OutgoingMailError ServerTypeUnavailable(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "type-unknown",
        Message = S["The outgoing mail server '{0}' has the type '{1}', which isn't available on this site.", configuration.Title, configuration.Type],
        NextStep = S["Enable the feature that provides this type, or use another mail server."],
    };

    /// <summary>Something failed that has no explanation of its own.</summary>
    internal OutgoingMailError Unexpected(DeliveryStep step, Exception e) => new()
    {
        Step = step,
        Code = "unexpected",
        Message = S["Unexpected error: the message couldn't be sent ({0}).", e.GetType().Name],
        NextStep = S["Try another message. If that fails too, ask an operator to check the site's log."],
    };

    /// <summary>The message has no recipient.</summary>
    internal OutgoingMailError NoRecipient() => new()
    {
        Step = DeliveryStep.Recipient,
        Code = "no-recipient",
        Message = S["The message has no recipient."],
        NextStep = S["Add an address in To, Cc or Bcc."],
    };

    /// <summary>The feature was disabled while messages were being sent.</summary>
    internal OutgoingMailError FeatureDisabled() => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "switched-off",
        Message = S["Outgoing mail was disabled for this site while messages were being sent."],
        NextStep = S["Enable the Outgoing Mail feature, then send the remaining messages."],
    };
}
