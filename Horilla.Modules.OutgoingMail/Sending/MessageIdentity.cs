using Horilla.Modules.OutgoingMail.Configurations;
using MimeKit;
using MimeKit.Utils;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Adds a Message-ID with the sender's domain, and a Date (RFC 5322 sections 3.6.1 and 3.6.4).</summary>
internal static class MessageIdentity
{
    /// <summary>What MimeKit puts after the @: the name of this machine, which must not be disclosed.</summary>
    private static readonly string MachineSuffix = "@" + MimeUtils.GenerateMessageId().Split('@')[^1];

    /// <summary>Adds a missing Message-ID or Date, and replaces a Message-ID that names this machine.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">The address of the sender, whose domain a new Message-ID gets if it's valid.</param>
    /// <param name="now">The current time.</param>
    public static void Ensure(MimeMessage message, string sender, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(message.MessageId) || message.MessageId.EndsWith(MachineSuffix, StringComparison.OrdinalIgnoreCase))
        {
            var domain = MailAddressParser.GetDomain(sender);
            message.MessageId = domain.Length == 0 ? MimeUtils.GenerateMessageId() : MimeUtils.GenerateMessageId(domain);
        }

        if (!message.Headers.Contains(HeaderId.Date))
        {
            message.Date = now;
        }
    }
}
