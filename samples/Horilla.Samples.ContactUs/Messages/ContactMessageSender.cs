using Horilla.Modules.OutgoingMail;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>Hands messages over to the outbox, which sends them through the tenant's outgoing mail servers.</summary>
public sealed class ContactMessageSender(IOutgoingMailOutbox outbox)
{
    /// <summary>The category of the messages, for which an administrator can choose a mail server.</summary>
    public const string Category = "contact-us";

    /// <summary>Stores a message in the outbox, with the changes of the request.</summary>
    /// <param name="recipient">The recipient.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="text">The plain text of the message.</param>
    /// <param name="attachment">A file to attach, or null. It is streamed while the message is stored.</param>
    /// <param name="cancellationToken">Cancels storing the message.</param>
    /// <returns>The ID of the message in the outbox.</returns>
    /// <exception cref="OutboxMessageTooLargeException">The message is larger than the operator allows.</exception>
    /// <exception cref="OutboxStorageException">The database couldn't store the message.</exception>
    public async Task<string> EnqueueAsync(MailboxAddress recipient, string subject, string text, IFormFile? attachment, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage { Subject = subject };
        message.To.Add(recipient);

        var body = new TextPart("plain") { Text = text };
        await using var content = attachment?.OpenReadStream();
        message.Body = content is null ? body : new Multipart("mixed") { body, CreateAttachment(attachment!.FileName, content) };

        var options = new OutboxOptions { Sending = new OutgoingMailOptions { Category = Category } };

        return await outbox.EnqueueAsync(message, options, cancellationToken);
    }

    /// <summary>Returns what became of messages, by ID. Those that are too old to be in the log are left out.</summary>
    public async Task<IReadOnlyDictionary<string, OutboxMail>> FindAsync(IEnumerable<string> mailIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, OutboxMail>();

        foreach (var id in mailIds)
        {
            if (await outbox.FindAsync(id, cancellationToken) is { } mail)
            {
                found[id] = mail;
            }
        }

        return found;
    }

    private static MimePart CreateAttachment(string fileName, Stream content) => new(MimeTypes.GetMimeType(fileName))
    {
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
        FileName = Path.GetFileName(fileName),
        ContentTransferEncoding = ContentEncoding.Base64,
        Content = new MimeContent(content),
    };
}
