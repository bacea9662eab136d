using System.Buffers;
using System.Globalization;
using System.Text;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Makes text from a server safe to show, log and store: limits its length, and removes characters that control a terminal
/// or reorder text.
/// </summary>
internal static class ServerText
{
    /// <summary>The maximum length, in bytes of UTF-8.</summary>
    public const int MaxBytes = 2048;

    private const string Ellipsis = "…";

    private static readonly SearchValues<char> PrintableAscii = SearchValues.Create(string.Concat(Enumerable.Range(0x20, 0x5F).Select(c => (char)c)));

    /// <summary>
    /// Returns the text on one line of at most <see cref="MaxBytes"/> bytes. Line breaks and tabs become spaces. Other control
    /// characters, format characters (bidirectional controls, zero-width characters) and unpaired surrogates are removed.
    /// Null stays null.
    /// </summary>
    public static string? Clean(string? text)
        => text is null || (text.Length <= MaxBytes && !text.AsSpan().ContainsAnyExcept(PrintableAscii)) ? text : Rebuild(text);

    private static string Rebuild(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxBytes));
        var maxBytesBeforeEllipsis = MaxBytes - Encoding.UTF8.GetByteCount(Ellipsis);
        var bytes = 0;

        // How much of the text can stay if the ellipsis has to be added.
        var lengthBeforeEllipsis = 0;
        Span<char> buffer = stackalloc char[2];

        foreach (var rune in text.EnumerateRunes())
        {
            var displayRune = ToDisplayRune(rune);

            if (displayRune is not { } visible || (visible.Value == ' ' && clean is [.., ' ']))
            {
                continue;
            }

            if (bytes + visible.Utf8SequenceLength > MaxBytes)
            {
                return clean.ToString(0, lengthBeforeEllipsis) + Ellipsis;
            }

            bytes += visible.Utf8SequenceLength;
            clean.Append(buffer[..visible.EncodeToUtf16(buffer)]);
            lengthBeforeEllipsis = bytes <= maxBytesBeforeEllipsis ? clean.Length : lengthBeforeEllipsis;
        }

        return clean.ToString().Trim();
    }

    private static Rune? ToDisplayRune(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.Value is '\r' or '\n' or '\t' => new Rune(' '),
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Rune(' '),
        UnicodeCategory.Control or UnicodeCategory.Format => null,

        // EnumerateRunes returns this for an unpaired surrogate.
        _ when rune == Rune.ReplacementChar => null,
        _ => rune,
    };
}
