using MimeKit;
using MimeKit.Utils;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Gives messages a Message-ID of the sender's domain, and a Date (RFC 5322 sections 3.6.1 and 3.6.4).</summary>
internal static class MessageIdentity
{
    /// <summary>What MimeKit puts after the @: the name of this machine, which is nobody's business.</summary>
    private static readonly string MachineSuffix = "@" + MimeUtils.GenerateMessageId().Split('@')[^1];

    /// <summary>Sets what is missing, and a Message-ID that names this machine.</summary>
    /// <param name="message">The message.</param>
    /// <param name="domain">The sender's domain in its ASCII form; empty for none.</param>
    /// <param name="now">The time.</param>
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
