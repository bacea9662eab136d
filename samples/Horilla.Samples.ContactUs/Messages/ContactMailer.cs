using Horilla.Modules.OutgoingMail;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>Mails a message through the tenant's outgoing mail servers.</summary>
public sealed class ContactMailer(IOutgoingMailService mail)
{
    /// <summary>Mails it.</summary>
    /// <param name="recipient">To whom.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="text">What it says.</param>
    /// <param name="attachment">A file that goes along, read while the mail is sent; null for none.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<OutgoingMailResult> SendAsync(MailboxAddress recipient, string subject, string text, IFormFile? attachment, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage { Subject = subject };
        message.To.Add(recipient);

        var body = new TextPart("plain") { Text = text };
        await using var content = attachment?.OpenReadStream();
        message.Body = content is null ? body : new Multipart("mixed") { body, Part(attachment!.FileName, content) };

        return await mail.SendAsync(message, cancellationToken: cancellationToken);
    }

    private static MimePart Part(string fileName, Stream content) => new(MimeTypes.GetMimeType(fileName))
    {
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
        FileName = Path.GetFileName(fileName),
        ContentTransferEncoding = ContentEncoding.Base64,
        Content = new MimeContent(content),
    };
}
