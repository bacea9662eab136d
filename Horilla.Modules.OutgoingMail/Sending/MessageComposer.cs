using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Puts the sender of a configuration on a message.</summary>
public sealed class MessageComposer(IHttpContextAccessor httpContextAccessor)
{
    private static readonly HeaderId[] OtherEnvelopes =
    [
        HeaderId.Sender, HeaderId.ResentSender, HeaderId.ResentFrom, HeaderId.ResentReplyTo, HeaderId.ResentTo, HeaderId.ResentCc,
        HeaderId.ResentBcc, HeaderId.ResentDate, HeaderId.ResentMessageId,
    ];

    /// <summary>
    /// Sets From, and Reply-To where answers belong to somebody else. Sender and the Resent fields (RFC 5322 section 3.6.6)
    /// go: what a message brings along must not decide who it is from on the envelope, nor whom it goes to.
    /// </summary>
    public void Compose(MimeMessage message, OutgoingMailConfiguration configuration)
    {
        var asked = message.From.Mailboxes.FirstOrDefault();
        var user = configuration.UseDynamicDisplayName ? ActingUser() : null;
        var from = new MailboxAddress(user?.Name ?? configuration.DisplayName, configuration.DefaultFrom);

        foreach (var header in OtherEnvelopes)
        {
            message.Headers.RemoveAll(header);
        }

        message.From.Clear();
        message.From.Add(from);

        if (message.ReplyTo.Count > 0)
        {
            return;
        }

        if (asked is not null && !string.Equals(asked.Address, from.Address, StringComparison.OrdinalIgnoreCase))
        {
            message.ReplyTo.Add(asked);
        }
        else if (user is not null && user.Address.Length > 0)
        {
            message.ReplyTo.Add(user);
        }
    }

    /// <summary>The user who causes the mail; null where nobody is signed in. MimeKit encodes what the name may hold.</summary>
    private MailboxAddress? ActingUser()
    {
        if (httpContextAccessor.HttpContext?.User is not { Identity: { IsAuthenticated: true, Name: { Length: > 0 } name } } user)
        {
            return null;
        }

        var address = user.FindFirstValue(ClaimTypes.Email) ?? user.FindFirstValue("email");

        return MailAddresses.TryParse(address, out var mailbox) ? new MailboxAddress(name, mailbox.Address) : new MailboxAddress(name, "");
    }
}
