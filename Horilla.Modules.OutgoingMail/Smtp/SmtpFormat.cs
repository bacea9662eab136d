using System.Globalization;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>How a message is written to a server.</summary>
internal static class SmtpFormat
{
    /// <summary>The options for a server with these capabilities; null where it has no SMTPUTF8 (RFC 6531) and the message needs it.</summary>
    public static FormatOptions? For(MimeMessage message, SmtpCapabilities capabilities)
    {
        var format = FormatOptions.Default.Clone();

        // Blind copies are on the envelope alone (RFC 5322 section 3.6.3): MailKit hides them only where it is given no options.
        format.HiddenHeaders.Add(HeaderId.Bcc);

        if (FindInternational(message) is null)
        {
            return format;
        }

        format.International = true;

        return capabilities.HasFlag(SmtpCapabilities.UTF8) ? format : null;
    }

    /// <summary>
    /// An address with letters beyond ASCII before its @, and the step that names it; null for none. A domain alone has an
    /// ASCII form too.
    /// </summary>
    public static (MailboxAddress Mailbox, DeliveryStep Step)? FindInternational(MimeMessage message)
    {
        MailboxAddress?[] senders = [.. message.From.Mailboxes, message.Sender, .. message.ReplyTo.Mailboxes];

        if (Array.Find(senders, IsInternational) is { } sender)
        {
            return (sender, DeliveryStep.Sender);
        }

        return message.GetRecipients().FirstOrDefault(IsInternational) is { } recipient ? (recipient, DeliveryStep.Recipient) : null;
    }

    /// <summary>A size for people.</summary>
    public static string Size(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.0} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:0.0} MB");

    private static bool IsInternational(MailboxAddress? mailbox) => mailbox is not null && !Ascii.IsValid(mailbox.LocalPart);
}
