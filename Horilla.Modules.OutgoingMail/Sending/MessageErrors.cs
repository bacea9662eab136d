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
}
