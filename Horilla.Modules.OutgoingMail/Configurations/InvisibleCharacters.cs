using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>
/// Finds characters that come along with copied text and that nobody sees: zero-width and format characters, fillers, and
/// spaces other than the one of the keyboard.
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

    /// <summary>The text without what is invisible, or blank, at its ends; empty for null.</summary>
    public static string TrimInvisible(this string? text) => Trim(text ?? "", isBlankToo: true);

    /// <summary>The text without what is invisible at its ends. Blanks of the keyboard stay: a password may have them.</summary>
    public static string TrimInvisibleOfSecret(string text) => Trim(text, isBlankToo: false);

    /// <summary>The first invisible character: its code point and name, and its position, counted in characters from 1. Null for none.</summary>
    public static (string Name, int Position)? Find(string text)
    {
        var position = 1;

        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                return (NameOf(rune), position);
            }

            position++;
        }

        return null;
    }

    /// <summary>What to tell whoever typed a text with an invisible character; null where it has none.</summary>
    public static LocalizedString? Complaint(string text, IStringLocalizer S)
        => Find(text) is { } found
            ? S["There is an invisible character at position {0}: {1}. Delete it, or type the text by hand.", found.Position, found.Name]
            : null;

    private static string Trim(string text, bool isBlankToo)
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

        bool IsTrimmed(Rune rune) => IsInvisible(rune) || (isBlankToo && Rune.IsWhiteSpace(rune));
    }

    private static string NameOf(Rune rune)
        => Names.TryGetValue(rune.Value, out var name) ? $"U+{rune.Value:X4} ({name})" : $"U+{rune.Value:X4}";

    /// <summary>Control characters are no part of this: they have a message of their own.</summary>
    private static bool IsInvisible(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ')
            || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
