using System.Text;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Email;

namespace Horilla.TestHost;

/// <summary>Sends through OrchardCore's own email service, as modules do that don't know the send service.</summary>
[IgnoreAntiforgeryToken(Order = 2000)]
public sealed class EmailController(IServiceProvider services) : Controller
{
    [HttpPost]
    public async Task<IActionResult> Index(MailMessage message, string? attachment, string? fileName, string? provider)
    {
        if (services.GetService<IEmailService>() is not { } email)
        {
            return NotFound();
        }

        using var content = new MemoryStream(Encoding.UTF8.GetBytes(attachment ?? ""));

        if (attachment is not null)
        {
            message.Attachments.Add(new MailMessageAttachment { Filename = fileName ?? "Grüße.txt", Stream = content });
        }

        var result = await email.SendAsync(message, provider, HttpContext.RequestAborted);

        return Json(new { result.Succeeded, Errors = result.Errors.Select(error => new { error.Key, error.Message.Value }), StreamIsOpen = content.CanRead });
    }
}
