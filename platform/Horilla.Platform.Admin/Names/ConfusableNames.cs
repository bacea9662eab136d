using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Horilla.Platform.Admin.Names;

/// <summary>
/// Detects confusable names, so that no other role or user can pass for "Administrator". Covers a small part of Unicode
/// UTS #39: invisible characters, compatibility forms such as full width, and letters that look like Latin ones but are from
/// other scripts or have other dots.
/// </summary>
internal static class ConfusableNames
{
    private const string ConfusablePairs = "аaеeоoрpсcхxуyіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅSαaοoρpνvιiκkυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXıiȷjɑaɡgʟLɪI";

    private static readonly FrozenDictionary<char, char> LatinByConfusable = Enumerable.Range(0, ConfusablePairs.Length / 2).ToFrozenDictionary(index => ConfusablePairs[index * 2], index => ConfusablePairs[(index * 2) + 1]);

    /// <summary>Whether a name has characters that are invisible or only look like others.</summary>
    public static bool HasConfusableCharacters(string name)
        => name.EnumerateRunes().Any(IsInvisible) || name.Normalize(NormalizationForm.FormKC) != name.Normalize(NormalizationForm.FormC) || name.Contains('ı', StringComparison.Ordinal);

    /// <summary>Returns the skeleton of a name (UTS #39). Names that look the same have the same skeleton.</summary>
    public static string Skeleton(string name)
        => string.Concat(name.Normalize(NormalizationForm.FormKC)
            .Where(letter => !IsInvisible(new Rune(char.IsSurrogate(letter) ? 'x' : letter)))
            .Select(letter => char.ToLowerInvariant(LatinByConfusable.GetValueOrDefault(letter, letter))));

    private static bool IsInvisible(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ')
            || rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;
}
