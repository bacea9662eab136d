using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Normalizes a message, including every part and nested message, so that servers accept it. Lines end with CRLF only (RFC
/// 5322 section 2.3), because servers reject bare line endings or find a second message after them. Encoded words have at most
/// 75 characters (RFC 2047 section 2). Signed and encrypted content isn't changed.
/// </summary>
internal sealed partial class MessageNormalizer : MimeVisitor
{
    private const int MaxEncodedWord = 75;
    private const int BlockSize = 8 * 1024;

    private static readonly HeaderId[] AddressHeaders =
    [
        HeaderId.From, HeaderId.Sender, HeaderId.ReplyTo, HeaderId.To, HeaderId.Cc, HeaderId.Bcc,
        HeaderId.ResentFrom, HeaderId.ResentSender, HeaderId.ResentReplyTo, HeaderId.ResentTo, HeaderId.ResentCc, HeaderId.ResentBcc,
    ];

    /// <summary>Normalizes a message.</summary>
    public static void Normalize(MimeMessage message) => new MessageNormalizer().Visit(message);

    /// <inheritdoc />
    protected override void VisitMimeMessage(MimeMessage message)
    {
        Normalize(message.Headers);
        base.VisitMimeMessage(message);
    }

    /// <inheritdoc />
    protected override void VisitMimeEntity(MimeEntity entity)
    {
        Normalize(entity.Headers);
        base.VisitMimeEntity(entity);
    }

    /// <inheritdoc />
    protected override void VisitMultipart(Multipart multipart)
    {
        // The text before and after the parts isn't displayed, so its line endings can be changed.
        multipart.Preamble = NormalizeLineEndings(multipart.Preamble);
        multipart.Epilogue = NormalizeLineEndings(multipart.Epilogue);
        base.VisitMultipart(multipart);
    }

    /// <inheritdoc />
    protected override void VisitMultipartSigned(MimeKit.Cryptography.MultipartSigned signed)
    {
    }

    /// <inheritdoc />
    protected override void VisitMultipartEncrypted(MimeKit.Cryptography.MultipartEncrypted encrypted)
    {
    }

    /// <inheritdoc />
    protected override void VisitMimePart(MimePart part)
    {
        if (part.Content is { } content && IsUnencoded(part.ContentTransferEncoding) && !part.ContentType.IsMimeType("application", "pkcs7-mime"))
        {
            NormalizeContent(part, content);
        }

        base.VisitMimePart(part);
    }

    private static bool IsUnencoded(ContentEncoding encoding)
        => encoding is ContentEncoding.Default or ContentEncoding.SevenBit or ContentEncoding.EightBit or ContentEncoding.Binary;

    private static void NormalizeContent(MimePart part, IMimeContent content)
    {
        if (!HasBareLineEnding(content))
        {
            return;
        }

        // Delivery reports and similar parts are text by definition and must not be encoded in base64 (RFC 3464 section 2.1, RFC 2046 section 5.2).
        if (part is TextPart || part.ContentType.IsMimeType("message", "*"))
        {
            using var source = content.Open();
            using var normalizedText = new MemoryStream();
            source.CopyTo(normalizedText);
            part.Content = new MimeContent(new MemoryStream(ToCrlf(normalizedText.GetBuffer().AsSpan(0, (int)normalizedText.Length))));
        }
        else
        {
            // In other formats, line endings may be data: base64 preserves them.
            part.ContentTransferEncoding = ContentEncoding.Base64;
        }
    }

    private static bool HasBareLineEnding(IMimeContent content)
    {
        // Without an encoding, the stream has the content itself: no filter has to copy it.
        using var decoded = IsUnencoded(content.Encoding) ? null : content.Open();
        var stream = decoded ?? content.Stream!;
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        var isAfterCr = false;

        try
        {
            if (decoded is null)
            {
                stream.Position = 0;
            }

            while (stream.Read(buffer, 0, BlockSize) is > 0 and var count)
            {
                if (HasBareLineEnding(buffer.AsSpan(0, count), ref isAfterCr))
                {
                    return true;
                }
            }

            return isAfterCr;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Whether a block of content has a CR or LF alone.</summary>
    /// <param name="block">A block of the content.</param>
    /// <param name="isAfterCr">Whether the block before it ended with CR; set to whether this one does.</param>
    private static bool HasBareLineEnding(ReadOnlySpan<byte> block, ref bool isAfterCr)
    {
        while (!block.IsEmpty)
        {
            if (isAfterCr)
            {
                if (block[0] != (byte)'\n')
                {
                    return true;
                }

                block = block[1..];
                isAfterCr = false;
            }

            var index = block.IndexOfAny((byte)'\r', (byte)'\n');

            if (index < 0)
            {
                return false;
            }

            if (block[index] == (byte)'\n')
            {
                return true;
            }

            isAfterCr = true;
            block = block[(index + 1)..];
        }

        return false;
    }

    private static byte[] ToCrlf(ReadOnlySpan<byte> text)
    {
        using var result = new MemoryStream(text.Length + 64);

        for (var index = 0; index < text.Length; index++)
        {
            var next = text[index];

            if (next is (byte)'\r' or (byte)'\n')
            {
                result.Write("\r\n"u8);
                index += next == (byte)'\r' && index + 1 < text.Length && text[index + 1] == (byte)'\n' ? 1 : 0;
            }
            else
            {
                result.WriteByte(next);
            }
        }

        return result.ToArray();
    }

    private static void Normalize(HeaderList headers)
    {
        foreach (var header in headers.ToArray())
        {
            var raw = header.RawValue;

            if (HasBareLineEnding(raw) || (raw.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF) && !HasInternationalAddress(header)))
            {
                header.SetValue(Encoding.UTF8, ControlCharacters().Replace(header.Value, " ").Trim());
                raw = header.RawValue;
            }

            // Parameters of Content-Type and Content-Disposition are encoded differently (RFC 2231).
            if (raw.Length > MaxEncodedWord && raw.AsSpan().IndexOf("=?"u8) >= 0 && !header.Field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                SplitEncodedWords(header, raw);
            }
        }
    }

    /// <summary>An address that only SMTPUTF8 can carry stays as it is.</summary>
    private static bool HasInternationalAddress(Header header)
        => AddressHeaders.Contains(header.Id) && InternetAddressList.TryParse(header.Value, out var addresses) && addresses.Mailboxes.Any(mailbox => mailbox.LocalPart.Any(c => c > '\x7F'));

    private static string? NormalizeLineEndings(string? text) => text?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>Whether a line ending isn't CRLF or, except for the last one, isn't followed by the white space that continues the header.</summary>
    private static bool HasBareLineEnding(byte[] raw)
    {
        for (var index = 0; index < raw.Length; index++)
        {
            var isBare = raw[index] switch
            {
                (byte)'\r' => index + 1 == raw.Length || raw[index + 1] != (byte)'\n',

                // MimeKit folds with the line ending of this machine, but writes CRLF.
                (byte)'\n' => index + 1 < raw.Length && raw[index + 1] is not ((byte)' ' or (byte)'\t'),
                _ => false,
            };

            if (isBare)
            {
                return true;
            }
        }

        return false;
    }

    private static void SplitEncodedWords(Header header, byte[] raw)
    {
        var text = Encoding.Latin1.GetString(raw);
        var split = EncodedWord().Replace(text, match => match.Length <= MaxEncodedWord ? match.Value : Split(match.Value));

        if (split != text)
        {
            header.SetRawValue(Encoding.Latin1.GetBytes(split));
        }
    }

    /// <summary>Splits a long encoded word into shorter ones on separate lines. White space between encoded words isn't displayed (RFC 2047 section 6.2).</summary>
    private static string Split(string word)
    {
        const string start = "=?utf-8?B?";
        const string end = "?=";
        const int maxBytes = (MaxEncodedWord - 12) / 4 * 3;
        var words = new List<string>();
        var bytes = new List<byte>();

        foreach (var rune in Rfc2047.DecodeText(Encoding.ASCII.GetBytes(word)).EnumerateRunes())
        {
            if (bytes.Count + rune.Utf8SequenceLength > maxBytes)
            {
                Flush();
            }

            bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
        }

        Flush();

        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add(start + Convert.ToBase64String([.. bytes]) + end);
            bytes.Clear();
        }
    }

    [GeneratedRegex(@"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"[\x00-\x1F\x7F]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ControlCharacters();
}
