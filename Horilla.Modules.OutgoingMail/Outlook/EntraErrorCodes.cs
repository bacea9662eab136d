using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads the error codes of Microsoft Entra, such as AADSTS7000215.</summary>
/// <remarks>Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes.</remarks>
internal static partial class EntraErrorCodes
{
    /// <summary>Returns the first code in a response of the token endpoint, or null if it has none.</summary>
    public static int? FromException(MsalServiceException e)
    {
        if (e.ResponseBody is { Length: > 0 } body)
        {
            try
            {
                using var document = JsonDocument.Parse(body);

                if (document.RootElement.ValueKind == JsonValueKind.Object
                    && document.RootElement.TryGetProperty("error_codes", out var codes)
                    && codes.ValueKind == JsonValueKind.Array
                    && codes.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Number } code
                    && code.TryGetInt32(out var number))
                {
                    return number;
                }
            }
            catch (JsonException)
            {
                // Not JSON, for example the page of a proxy. The text may still have a code.
            }
        }

        return Find(e.Message);
    }

    /// <summary>Returns the first code in a text, such as the error description of a callback, or null if it has none.</summary>
    public static int? Find(string? text)
        => text is not null && Code().Match(text) is { Success: true } match ? int.Parse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\bAADSTS(?<code>\d{1,9})\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
