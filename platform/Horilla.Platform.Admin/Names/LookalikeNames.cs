using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Horilla.Platform.Admin.Names;

/// <summary>
/// Finds names that look like others: who reads "Administrator" must not be shown another role or user. A small part of
/// Unicode TS 39: what nobody sees, compatibility forms such as full width, and letters of other scripts, or with other dots,
/// that look like Latin ones.
/// </summary>
internal static class LookalikeNames
{
    private const string Like = "аaеeоoрpсcхxуyіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅSαaοoρpνvιiκkυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXıiȷjɑaɡgʟLɪI";

    private static readonly FrozenDictionary<char, char> Letters = Enumerable.Range(0, Like.Length / 2).ToFrozenDictionary(index => Like[index * 2], index => Like[(index * 2) + 1]);

    /// <summary>Whether a name has characters that nobody sees, or that only look like others.</summary>
    public static bool IsDisguised(string name)
        => name.EnumerateRunes().Any(IsInvisible) || name.Normalize(NormalizationForm.FormKC) != name.Normalize(NormalizationForm.FormC) || name.Contains('ı', StringComparison.Ordinal);

    /// <summary>What two names have in common that look the same.</summary>
    public static string Skeleton(string name)
        => string.Concat(name.Normalize(NormalizationForm.FormKC)
            .Where(letter => !IsInvisible(new Rune(char.IsSurrogate(letter) ? 'x' : letter)))
            .Select(letter => char.ToLowerInvariant(Letters.GetValueOrDefault(letter, letter))));

    private static bool IsInvisible(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ')
            || rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;
}
