using System.Buffers;
using System.Globalization;
using System.Text;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Text that a server sent, made safe to show, log and store: short, and without characters that control a terminal or
/// reorder what is read.
/// </summary>
internal static class ServerText
{
    /// <summary>The longest text, in bytes of UTF-8.</summary>
    public const int MaxBytes = 2048;

    private const string Ellipsis = "…";

    private static readonly SearchValues<char> Harmless = SearchValues.Create(string.Concat(Enumerable.Range(0x20, 0x5F).Select(c => (char)c)));

    /// <summary>
    /// The text in one line of at most <see cref="MaxBytes"/> bytes. Line ends and tabs become spaces; other control
    /// characters, format characters (bidirectional controls, zero-width characters) and unpaired surrogates are removed.
    /// Null stays null.
    /// </summary>
    public static string? Clean(string? text)
        => text is null || (text.Length <= MaxBytes && !text.AsSpan().ContainsAnyExcept(Harmless)) ? text : Rebuild(text);

    private static string Rebuild(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxBytes));
        var room = MaxBytes - Encoding.UTF8.GetByteCount(Ellipsis);
        var bytes = 0;

        // Room for the ellipsis is given back where the text ends before it is needed.
        var fits = 0;
        Span<char> buffer = stackalloc char[2];

        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Shown(rune);

            if (shown is not { } visible || (visible.Value == ' ' && clean is [.., ' ']))
            {
                continue;
            }

            if (bytes + visible.Utf8SequenceLength > MaxBytes)
            {
                return clean.ToString(0, fits) + Ellipsis;
            }

            bytes += visible.Utf8SequenceLength;
            clean.Append(buffer[..visible.EncodeToUtf16(buffer)]);
            fits = bytes <= room ? clean.Length : fits;
        }

        return clean.ToString().Trim();
    }

    private static Rune? Shown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.Value is '\r' or '\n' or '\t' => new Rune(' '),
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Rune(' '),
        UnicodeCategory.Control or UnicodeCategory.Format => null,

        // What EnumerateRunes gives for an unpaired surrogate.
        _ when rune == Rune.ReplacementChar => null,
        _ => rune,
    };
}
