using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Puts the sender of a configuration on a message.</summary>
public sealed class MessageComposer(IHttpContextAccessor httpContextAccessor, TimeProvider time)
{
    private static readonly HeaderId[] OtherEnvelopes =
    [
        HeaderId.Sender, HeaderId.ResentSender, HeaderId.ResentFrom, HeaderId.ResentReplyTo, HeaderId.ResentTo, HeaderId.ResentCc,
        HeaderId.ResentBcc, HeaderId.ResentDate, HeaderId.ResentMessageId,
    ];

    /// <summary>Gives a message that has none a Message-ID and a Date, so that handlers and the log know it by the one that goes out.</summary>
    public void Identify(MimeMessage message, OutgoingMailConfiguration configuration)
        => MessageIdentity.Ensure(message, MailAddresses.DomainOf(configuration.DefaultFrom), time.GetUtcNow());

    /// <summary>
    /// Sets From, and Reply-To where answers belong to somebody else. What it has as Sender and Resent fields (RFC 5322
    /// section 3.6.6) goes: what a message brings along must not decide who it is from on the envelope, nor whom it goes to.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="configuration">The server that it goes through.</param>
    /// <param name="actingUser">The user who causes it; null for the one of the request.</param>
    /// <exception cref="IOException">One of its parts could not be read, as other exceptions of its streams.</exception>
    public void Compose(MimeMessage message, OutgoingMailConfiguration configuration, MailboxAddress? actingUser)
    {
        SetSender(message, configuration, actingUser);
        Identify(message, configuration);
        MessageNormalizer.Normalize(message);
    }

    private void SetSender(MimeMessage message, OutgoingMailConfiguration configuration, MailboxAddress? actingUser)
    {
        var other = message.From.Mailboxes.FirstOrDefault(mailbox => MailAddresses.TryParse(mailbox.Address, out _)) is { } asked
            && !string.Equals(asked.Address, configuration.DefaultFrom, StringComparison.OrdinalIgnoreCase) ? asked : null;

        foreach (var header in OtherEnvelopes)
        {
            message.Headers.RemoveAll(header);
        }

        message.From.Clear();

        if (other is not null && configuration.AllowsOtherSenders)
        {
            message.From.Add(other);
            message.Sender = new MailboxAddress(configuration.DisplayName, configuration.DefaultFrom);

            return;
        }

        var user = configuration.UseDynamicDisplayName ? Readable(actingUser) ?? UserOfRequest() : null;
        message.From.Add(new MailboxAddress(user?.Name ?? configuration.DisplayName, configuration.DefaultFrom));

        if (message.ReplyTo.Count > 0)
        {
            return;
        }

        if (other is not null)
        {
            message.ReplyTo.Add(other);
        }
        else if (user is { Address.Length: > 0 })
        {
            message.ReplyTo.Add(user);
        }
    }

    /// <summary>A user with a name, and with an address if it is one.</summary>
    private static MailboxAddress? Readable(MailboxAddress? user)
    {
        if (user is null)
        {
            return null;
        }

        var address = MailAddresses.TryParse(user.Address, out var mailbox) ? mailbox.Address : "";
        var name = string.IsNullOrWhiteSpace(user.Name) ? address : user.Name;

        return name.Length == 0 ? null : new MailboxAddress(name, address);
    }

    /// <summary>The user who is signed in; null where nobody is. MimeKit encodes what the name may hold.</summary>
    private MailboxAddress? UserOfRequest()
        => httpContextAccessor.HttpContext?.User is { Identity: { IsAuthenticated: true, Name: { Length: > 0 } name } } user
            ? Readable(new MailboxAddress(name, user.FindFirstValue(ClaimTypes.Email) ?? user.FindFirstValue("email") ?? ""))
            : null;
}
