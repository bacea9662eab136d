using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// Finds invisible characters that come with copied text: zero-width and format characters, fillers, and all spaces except
/// the ordinary one (U+0020).
/// </summary>
internal static class InvisibleCharacters
{
    private static readonly FrozenDictionary<int, string> Names = new Dictionary<int, string>
    {
        [0x00A0] = "no-break space",
        [0x00AD] = "soft hyphen",
        [0x034F] = "combining grapheme joiner",
        [0x061C] = "Arabic letter mark",
        [0x2007] = "figure space",
        [0x200B] = "zero width space",
        [0x200C] = "zero width non-joiner",
        [0x200D] = "zero width joiner",
        [0x200E] = "left-to-right mark",
        [0x200F] = "right-to-left mark",
        [0x202A] = "left-to-right embedding",
        [0x202B] = "right-to-left embedding",
        [0x202C] = "pop directional formatting",
        [0x202D] = "left-to-right override",
        [0x202E] = "right-to-left override",
        [0x202F] = "narrow no-break space",
        [0x2060] = "word joiner",
        [0x2066] = "left-to-right isolate",
        [0x2067] = "right-to-left isolate",
        [0x2068] = "first strong isolate",
        [0x2069] = "pop directional isolate",
        [0x3000] = "ideographic space",
        [0xFEFF] = "zero width no-break space",
    }.ToFrozenDictionary();

    /// <summary>Removes invisible characters and whitespace from both ends. Returns an empty string for null.</summary>
    public static string TrimInvisible(this string? text) => Trim(text ?? "", trimsWhitespace: true);

    /// <summary>Removes invisible characters from both ends. Ordinary spaces stay, because a password may have them.</summary>
    public static string TrimInvisibleKeepSpaces(string text) => Trim(text, trimsWhitespace: false);

    /// <summary>Returns the code point and name of the first invisible character, and its position in characters, counted from 1. Null if there is none.</summary>
    public static (string Name, int Position)? Find(string text)
    {
        var position = 1;

        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                return (GetName(rune), position);
            }

            position++;
        }

        return null;
    }

    /// <summary>Returns an error message if the text has an invisible character, otherwise null.</summary>
    public static LocalizedString? GetErrorMessage(string text, IStringLocalizer S)
        => Find(text) is { } found
            ? S["There's an invisible character at position {0}: {1}. Delete it, or type the text again instead of pasting it.", found.Position, found.Name]
            : null;

    private static string Trim(string text, bool trimsWhitespace)
    {
        var runes = text.EnumerateRunes().ToArray();
        var start = 0;
        var end = runes.Length;

        while (start < end && IsTrimmed(runes[start]))
        {
            start++;
        }

        while (end > start && IsTrimmed(runes[end - 1]))
        {
            end--;
        }

        return start == 0 && end == runes.Length ? text : string.Concat(runes[start..end].Select(rune => rune.ToString()));

        bool IsTrimmed(Rune rune) => IsInvisible(rune) || (trimsWhitespace && Rune.IsWhiteSpace(rune));
    }

    private static string GetName(Rune rune)
        => Names.TryGetValue(rune.Value, out var name) ? $"U+{rune.Value:X4} ({name})" : $"U+{rune.Value:X4}";

    /// <summary>Control characters aren't included, because they have their own error message.</summary>
    private static bool IsInvisible(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ')
            || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
