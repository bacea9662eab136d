using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>The recipients of messages. Resent fields, which MimeKit would prefer, don't count: they're removed.</summary>
internal static class MessageRecipients
{
    /// <summary>Returns the mailboxes in To, Cc and Bcc.</summary>
    public static IEnumerable<MailboxAddress> GetMailboxes(this MimeMessage message) => message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes);

    /// <summary>Returns their addresses, each once.</summary>
    public static IEnumerable<string> GetDistinctRecipients(this MimeMessage message)
        => message.GetMailboxes().Select(mailbox => mailbox.Address).Distinct(StringComparer.OrdinalIgnoreCase);
}
