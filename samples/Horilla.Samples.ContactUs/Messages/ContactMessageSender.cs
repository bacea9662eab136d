using Horilla.Modules.OutgoingMail;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>Sends messages through the tenant's outgoing mail servers.</summary>
public sealed class ContactMessageSender(IOutgoingMailService mail)
{
    /// <summary>Sends a message.</summary>
    /// <param name="recipient">The recipient.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="text">The plain text of the message.</param>
    /// <param name="attachment">A file to attach, or null. It is streamed while the message is sent.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public async Task<OutgoingMailResult> SendAsync(MailboxAddress recipient, string subject, string text, IFormFile? attachment, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage { Subject = subject };
        message.To.Add(recipient);

        var body = new TextPart("plain") { Text = text };
        await using var content = attachment?.OpenReadStream();
        message.Body = content is null ? body : new Multipart("mixed") { body, CreateAttachment(attachment!.FileName, content) };

        return await mail.SendAsync(message, cancellationToken: cancellationToken);
    }

    private static MimePart CreateAttachment(string fileName, Stream content) => new(MimeTypes.GetMimeType(fileName))
    {
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
        FileName = Path.GetFileName(fileName),
        ContentTransferEncoding = ContentEncoding.Base64,
        Content = new MimeContent(content),
    };
}
