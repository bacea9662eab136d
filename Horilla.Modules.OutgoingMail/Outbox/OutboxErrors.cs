using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Explains why a message of the outbox isn't sent.</summary>
public sealed class OutboxErrors(IStringLocalizer<OutboxErrors> S)
{
    /// <summary>The content can't be read.</summary>
    internal OutgoingMailError ContentUnreadable() => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "content-unreadable",
        Message = S["The stored content of the message can't be read: the keys that it was protected with are missing, or it's damaged."],
        NextStep = S["Send the message again from where it was created. Ask an operator whether the site's data protection keys were lost or replaced."],
    };

    /// <summary>The message expired.</summary>
    internal OutgoingMailError Expired(OutgoingMailError? last) => new()
    {
        Step = last?.Step ?? DeliveryStep.Configuration,
        Code = "expired",
        Message = last is null ? S["The message expired before it could be sent."] : S["The message expired before it could be sent. Last error: {0}", last.Message],
        NextStep = last?.NextStep ?? S["Send it again if it's still needed."],
        ServerResponse = last?.ServerResponse,
    };

    /// <summary>The message was tried for too long.</summary>
    internal OutgoingMailError GivenUp(OutgoingMailError? last, int hours) => new()
    {
        Step = last?.Step ?? DeliveryStep.Configuration,
        Code = "given-up",
        Message = last is null ? S["The message couldn't be sent within {0} hours.", hours] : S["The message couldn't be sent within {0} hours. Last error: {1}", hours, last.Message],
        NextStep = last?.NextStep ?? S["Check the mail server, then send the message again."],
        Field = last?.Field,
        HelpUrl = last?.HelpUrl,
        ServerResponse = last?.ServerResponse,
    };

    /// <summary>The connection was lost after the transfer had begun.</summary>
    internal OutgoingMailError InDoubt(OutgoingMailError cause) => cause with
    {
        NextStep = S["The server may have accepted the message. Ask a recipient, or check the server's log, before you send it again."],
    };
}
