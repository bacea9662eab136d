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
    /// <param name="domain">The sender's domain in ASCII form, or an empty string if there is none.</param>
    /// <param name="now">The current time.</param>
    public static void Ensure(MimeMessage message, string domain, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(message.MessageId) || message.MessageId.EndsWith(MachineSuffix, StringComparison.OrdinalIgnoreCase))
        {
            message.MessageId = domain.Length == 0 ? MimeUtils.GenerateMessageId() : MimeUtils.GenerateMessageId(domain);
        }

        if (!message.Headers.Contains(HeaderId.Date))
        {
            message.Date = now;
        }
    }
}
