using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Horilla.Platform.Hosting;

/// <summary>
/// Knows which forms can be read: those in an encoding that browsers send. Others make ASP.NET Core throw where a form is
/// first read, and UTF-7 hides what it says from whoever looks at it.
/// </summary>
internal static class FormEncodings
{
    /// <summary>The status to answer a request with whose form can't be read; null where it can, and where there is none.</summary>
    public static int? StatusOf(HttpRequest request)
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
