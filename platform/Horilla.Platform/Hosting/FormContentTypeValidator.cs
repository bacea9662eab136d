using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Horilla.Platform.Hosting;

/// <summary>
/// Determines which forms can be read: those in an encoding that browsers send. Other encodings make ASP.NET Core throw
/// when a form is first read, and UTF-7 can hide its content from checks.
/// </summary>
internal static class FormContentTypeValidator
{
    /// <summary>Returns the status code for a request whose form can't be read, or null if it can or there is no form.</summary>
    public static int? GetErrorStatus(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return null;
        }

        var isMultipart = type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

        if (!isMultipart && !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (type.Charset.HasValue && !IsRead(HeaderUtilities.RemoveQuotes(type.Charset).ToString()))
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        return isMultipart && HeaderUtilities.RemoveQuotes(type.Boundary).Length == 0 ? StatusCodes.Status400BadRequest : null;
    }

    private static bool IsRead(string charset)
        => new[] { Encoding.UTF8, Encoding.ASCII, Encoding.Latin1 }.Any(encoding => encoding.WebName.Equals(charset, StringComparison.OrdinalIgnoreCase));
}
