using System.Globalization;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Chooses the format in which a message is sent.</summary>
internal static class SmtpFormatOptions
{
    /// <summary>Returns the options for a server with these capabilities, or null if the message needs SMTPUTF8 (RFC 6531) and the server doesn't support it.</summary>
    public static FormatOptions? TryCreate(MimeMessage message, SmtpCapabilities capabilities)
    {
        var format = FormatOptions.Default.Clone();

        // Bcc recipients belong only on the envelope (RFC 5322 section 3.6.3). MailKit hides the header only if it gets no options.
        format.HiddenHeaders.Add(HeaderId.Bcc);

        if (FindInternationalAddress(message) is null)
        {
            return format;
        }

        format.International = true;

        return capabilities.HasFlag(SmtpCapabilities.UTF8) ? format : null;
    }

    /// <summary>
    /// Finds an address with non-ASCII characters before the @, and the step that sends it; null if there is none. The domain
    /// doesn't matter, because it has an ASCII form.
    /// </summary>
    public static (MailboxAddress Mailbox, DeliveryStep Step)? FindInternationalAddress(MimeMessage message)
    {
        MailboxAddress?[] senders = [.. message.From.Mailboxes, message.Sender, .. message.ReplyTo.Mailboxes];

        if (Array.Find(senders, IsInternational) is { } sender)
        {
            return (sender, DeliveryStep.Sender);
        }

        return message.GetRecipients().FirstOrDefault(IsInternational) is { } recipient ? (recipient, DeliveryStep.Recipient) : null;
    }

    /// <summary>Formats a size for display.</summary>
    public static string FormatSize(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.0} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:0.0} MB");

    private static bool IsInternational(MailboxAddress? mailbox) => mailbox is not null && !Ascii.IsValid(mailbox.LocalPart);
}
