using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MimeKit;
using OrchardCore.Admin;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The content of a message, for users who may read it.</summary>
[Admin("OutgoingMail/LogContent/{action}/{id}", "OutgoingMailLogContent{action}")]
public sealed class LogContentController(IAuthorizationService authorizationService, LogMessageReader reader) : Controller
{
    /// <summary>Returns the HTML for a frame that loads nothing from elsewhere.</summary>
    [HttpGet]
    public Task<IActionResult> Html(string id, CancellationToken cancellationToken)
        => WithContentAsync(id, cancellationToken, content =>
        {
            Response.Headers.ContentSecurityPolicy = SafeHtml.ContentSecurityPolicy;

            return Content(SafeHtml.CreatePage(content.Message), "text/html; charset=utf-8");
        });

    /// <summary>Downloads the whole message.</summary>
    [HttpGet]
    public Task<IActionResult> Source(string id, CancellationToken cancellationToken)
        => WithContentAsync(id, cancellationToken, content => Download(stream => content.Message.WriteTo(stream), "message/rfc822", $"{id}.eml"));

    /// <summary>Downloads an attachment.</summary>
    /// <param name="id">The message.</param>
    /// <param name="number">The number of the attachment, from 0.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    [HttpGet]
    public Task<IActionResult> Attachment(string id, int number, CancellationToken cancellationToken)
        => WithContentAsync(id, cancellationToken, content => content.Attachments.ElementAtOrDefault(number) switch
        {
            MimePart { Content: { } data } part => Download(stream => data.DecodeTo(stream), "application/octet-stream", LogContent.GetName(part)),
            MessagePart { Message: { } attached } part => Download(stream => attached.WriteTo(stream), "application/octet-stream", LogContent.GetName(part)),
            _ => NotFound(),
        });

    /// <summary>A download is never shown in the browser, whatever it contains.</summary>
    private FileStreamResult Download(Action<Stream> write, string contentType, string fileName)
    {
        var stream = new MimeKit.IO.MemoryBlockStream();
        write(stream);
        stream.Position = 0;
        Response.Headers.ContentSecurityPolicy = "sandbox";

        return File(stream, contentType, ServerText.Clean(fileName));
    }

    private async Task<IActionResult> WithContentAsync(string id, CancellationToken cancellationToken, Func<LogContent, IActionResult> use)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewMailLog) || !await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewMailContent))
        {
            return Forbid();
        }

        await using var content = await reader.ReadContentAsync(id, cancellationToken);

        return content is null ? NotFound() : use(content);
    }
}
