using Horilla.Modules.OutgoingMail;
using Microsoft.AspNetCore.Mvc;
using MimeKit;
using OrchardCore.Email;

namespace Horilla.TestHost;

/// <summary>Sends an attachment of a given size, which is generated as it is read, and returns how many bytes were allocated meanwhile.</summary>
[IgnoreAntiforgeryToken(Order = 2000)]
public sealed class LargeController(IOutgoingMailService mail, IEmailService email) : Controller
{
    [HttpPost]
    public async Task<IActionResult> ByService(string configurationId, string subject, long bytes)
    {
        var part = new MimePart("application", "octet-stream")
        {
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            FileName = "large.bin",
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(new GeneratedStream(bytes, canSeek: true)),
        };
        using var message = new MimeMessage { Subject = subject, Body = part };
        message.To.Add(MailboxAddress.Parse("reader@example.com"));

        return await MeasureAsync(async () => (await mail.SendAsync(message, new OutgoingMailOptions { ConfigurationId = configurationId })).IsSent);
    }

    [HttpPost]
    public Task<IActionResult> ByEmail(string subject, long bytes)
    {
        var message = new MailMessage { To = "reader@example.com", Subject = subject, TextBody = "Large" };
        message.Attachments.Add(new MailMessageAttachment { Filename = "large.bin", Stream = new GeneratedStream(bytes, canSeek: false) });

        return MeasureAsync(async () => (await email.SendAsync(message)).Succeeded);
    }

    private async Task<IActionResult> MeasureAsync(Func<Task<bool>> send)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var sent = await send();

        return Json(new { sent, allocated = GC.GetTotalAllocatedBytes(precise: true) - before });
    }
}
