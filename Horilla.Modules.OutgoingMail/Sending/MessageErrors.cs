using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Says what is wrong with a message, whichever server it goes through.</summary>
public sealed class MessageErrors(IStringLocalizer<MessageErrors> S)
{
    /// <summary>It could not be read while it was sent.</summary>
    internal OutgoingMailError Unreadable(Exception e) => new()
    {
        Step = DeliveryStep.Content,
        Code = "message-unreadable",
        Message = S["The message could not be read while it was sent ({0}): the stream of an attachment may have failed.", e.GetType().Name],
        NextStep = S["Send the message again. If it fails again, the module that made it has to provide an attachment that can be read. The log of the site has the details."],
    };
}
