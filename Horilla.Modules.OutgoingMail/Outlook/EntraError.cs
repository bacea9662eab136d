using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads the error codes of Microsoft Entra, such as AADSTS7000215.</summary>
/// <remarks>Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes.</remarks>
internal static partial class EntraError
{
    /// <summary>The first code of an answer of the token endpoint; null where it has none.</summary>
    public static int? CodeOf(MsalServiceException e)
    {
        if (e.ResponseBody is { Length: > 0 } body)
        {
            try
            {
                using var answer = JsonDocument.Parse(body);

                if (answer.RootElement.ValueKind == JsonValueKind.Object
                    && answer.RootElement.TryGetProperty("error_codes", out var codes)
                    && codes.ValueKind == JsonValueKind.Array
                    && codes.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Number } code
                    && code.TryGetInt32(out var number))
                {
                    return number;
                }
            }
            catch (JsonException)
            {
                // A page in place of an answer, as of a proxy: its text may still have a code.
            }
        }

        return CodeIn(e.Message);
    }

    /// <summary>The first code in a text, such as the description of a callback's error; null where it has none.</summary>
    public static int? CodeIn(string? text)
        => text is not null && Code().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\bAADSTS(\d{1,9})\b")]
    private static partial Regex Code();
}
