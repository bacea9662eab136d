using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class InvoiceMail(IOutgoingMailService mail)
{
    public async Task<OutgoingMailResult> SendAsync(MailboxAddress customer, string invoiceFile, CancellationToken cancellationToken)
    {
        // The file is streamed while the message is sent. It is never loaded into memory as a whole.
        await using var file = File.OpenRead(invoiceFile);
        var invoice = new MimePart("application", "pdf")
        {
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            FileName = "Invoice.pdf",
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(file),
        };

        using var message = new MimeMessage
        {
            Subject = "Your invoice",
            Body = new Multipart("mixed") { new TextPart("plain") { Text = "Please find it attached." }, invoice },
        };
        message.To.Add(customer);

        return await mail.SendAsync(message, cancellationToken: cancellationToken);
    }
}
