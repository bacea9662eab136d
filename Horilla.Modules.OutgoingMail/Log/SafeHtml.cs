using System.Net;
using Ganss.Xss;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>
/// Makes the HTML of a message safe to look at: no script, no form, nothing that is loaded from elsewhere. Its inline images are
/// part of it. The page that shows it also forbids all that, so that neither relies on the other.
/// </summary>
internal static class SafeHtml
{
    /// <summary>What the page may do: see https://www.w3.org/TR/CSP3/. Styles and images come from the HTML itself.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    /// <summary>A larger image isn't shown, in bytes.</summary>
    private const int MaxImageSize = 1024 * 1024;

    /// <summary>Returns the HTML of a message as a page, or its text if it has no HTML.</summary>
    public static string CreatePage(MimeMessage message)
    {
        var body = message.HtmlBody is { } html ? Sanitize(html, message) : $"<pre>{WebUtility.HtmlEncode(message.TextBody ?? "")}</pre>";

        return $"<!DOCTYPE html><html lang=\"\"><head><meta charset=\"utf-8\"><title>-</title></head><body>{body}</body></html>";
    }

    private static string Sanitize(string html, MimeMessage message)
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Remove("form");
        sanitizer.AllowedTags.Remove("input");
        sanitizer.AllowedTags.Remove("button");
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.Add("data");
        sanitizer.AllowedSchemes.Add("cid");

        // Inline images become part of the page. Every other address is removed.
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = Inline(url.OriginalUrl, message);

        return sanitizer.Sanitize(html);
    }

    private static string? Inline(string url, MimeMessage message)
    {
        if (!url.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
        {
            return url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) ? url : null;
        }

        var id = Uri.UnescapeDataString(url["cid:".Length..]);

        if (message.BodyParts.OfType<MimePart>().FirstOrDefault(part => part.ContentId == id && part.ContentType.IsMimeType("image", "*")) is not { Content: { } content } image)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        content.DecodeTo(bytes);

        return bytes.Length > MaxImageSize ? null : $"data:{image.ContentType.MimeType};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
    }
}
