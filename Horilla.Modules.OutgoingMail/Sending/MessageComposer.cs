using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Sets the sender of a configuration on a message.</summary>
public sealed class MessageComposer(IHttpContextAccessor httpContextAccessor, TimeProvider time)
{
    /// <summary>The name that others see (OpenID Connect Core 1.0, section 5.1). Not every platform has it.</summary>
    private const string DisplayNameClaim = "name";

    private static readonly HeaderId[] EnvelopeHeaders =
    [
        HeaderId.Sender, HeaderId.ResentSender, HeaderId.ResentFrom, HeaderId.ResentReplyTo, HeaderId.ResentTo, HeaderId.ResentCc,
        HeaderId.ResentBcc, HeaderId.ResentDate, HeaderId.ResentMessageId,
    ];

    /// <summary>Adds a Message-ID and a Date if they're missing, so that handlers and the log have the Message-ID that is sent.</summary>
    public void EnsureIdentity(MimeMessage message, OutgoingMailConfiguration configuration)
        => MessageIdentity.Ensure(message, configuration.DefaultFrom, time.GetUtcNow());

    /// <summary>
    /// Sets From, and Reply-To if replies go to someone else. Removes existing Sender and Resent fields (RFC 5322 section
    /// 3.6.6), because they would determine the sender and the recipients of the envelope.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="configuration">The server that the message is sent through.</param>
    /// <param name="actingUser">The user on whose behalf the message is sent, or null for the user of the request.</param>
    /// <exception cref="IOException">A part of the message couldn't be read. Its streams can throw other exceptions as well.</exception>
    public void Compose(MimeMessage message, OutgoingMailConfiguration configuration, MailboxAddress? actingUser)
    {
        SetSender(message, configuration, actingUser);
        EnsureIdentity(message, configuration);
        MessageNormalizer.Normalize(message);
    }

    /// <summary>Returns the user on whose behalf a message is sent: the given one, or the user of the request, or null if there is neither.</summary>
    public MailboxAddress? GetActingUser(MailboxAddress? actingUser) => NormalizeUser(actingUser) ?? GetRequestUser();

    private void SetSender(MimeMessage message, OutgoingMailConfiguration configuration, MailboxAddress? actingUser)
    {
        var originalFrom = message.From.Mailboxes.FirstOrDefault(mailbox => MailAddressParser.TryParse(mailbox.Address, out _)) is { } requestedFrom
            && !string.Equals(requestedFrom.Address, configuration.DefaultFrom, StringComparison.OrdinalIgnoreCase) ? requestedFrom : null;

        foreach (var header in EnvelopeHeaders)
        {
            message.Headers.RemoveAll(header);
        }

        message.From.Clear();

        if (originalFrom is not null && configuration.AllowsOtherSenders)
        {
            message.From.Add(originalFrom);
            message.Sender = new MailboxAddress(configuration.DisplayName, configuration.DefaultFrom);

            return;
        }

        var user = configuration.UseDynamicDisplayName ? GetActingUser(actingUser) : null;
        message.From.Add(new MailboxAddress(user?.Name ?? configuration.DisplayName, configuration.DefaultFrom));

        if (message.ReplyTo.Count > 0)
        {
            return;
        }

        if (originalFrom is not null)
        {
            message.ReplyTo.Add(originalFrom);
        }
        else if (user is { Address.Length: > 0 })
        {
            message.ReplyTo.Add(user);
        }
    }

    /// <summary>Returns the user with a name, and with an address if it's valid. Null if there is neither.</summary>
    private static MailboxAddress? NormalizeUser(MailboxAddress? user)
    {
        if (user is null)
        {
            return null;
        }

        var address = MailAddressParser.TryParse(user.Address, out var mailbox) ? mailbox.Address : "";
        var name = string.IsNullOrWhiteSpace(user.Name) ? address : user.Name;

        return name.Length == 0 ? null : new MailboxAddress(name, address);
    }

    /// <summary>Returns the signed-in user, or null if nobody is signed in. MimeKit encodes special characters in the name.</summary>
    private MailboxAddress? GetRequestUser()
        => httpContextAccessor.HttpContext?.User is { Identity: { IsAuthenticated: true, Name: { Length: > 0 } name } } user
            ? NormalizeUser(new MailboxAddress(user.FindFirstValue(DisplayNameClaim) is { Length: > 0 } displayName ? displayName : name, user.FindFirstValue(ClaimTypes.Email) ?? user.FindFirstValue("email") ?? ""))
            : null;
}
