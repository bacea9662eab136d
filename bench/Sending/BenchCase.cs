using System.Globalization;
using MimeKit;

namespace Horilla.Bench.Sending;

/// <summary>What is sent, how, and to where.</summary>
/// <param name="Port">Where to.</param>
/// <param name="IsSecure">By STARTTLS and AUTH, and not in clear.</param>
/// <param name="Delay">What a round trip costs more.</param>
/// <param name="Senders">How many send at the same time, each one mail after the other.</param>
/// <param name="Bytes">How large a mail is, about.</param>
internal sealed record BenchCase(int Port, bool IsSecure, TimeSpan Delay, int Senders, int Bytes)
{
    private const int Attached = 50_000;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsSecure ? "TLS+AUTH" : "plain")}, {(Delay == TimeSpan.Zero ? "loopback" : $"+{Delay.TotalMilliseconds:0} ms")}, {(Bytes < 1_000_000 ? $"{Bytes / 1000} KB" : $"{Bytes / 1_000_000} MB")}, {Senders} sender{(Senders == 1 ? "" : "s")}");

    /// <summary>A mail of that size: a text, or a small text with a file.</summary>
    public MimeMessage Compose()
    {
        var message = new MimeMessage { Subject = "Measured" };
        message.From.Add(new MailboxAddress("Acme", MailSink.UserName));
        message.To.Add(new MailboxAddress("Reader", "reader@example.com"));
        var text = new TextPart("plain") { Text = Bytes < Attached ? Texts.Of(Bytes) : "The file is attached." };
        message.Body = Bytes < Attached ? text : new Multipart("mixed") { text, Attachment() };

        return message;
    }

    private MimePart Attachment() => new("application", "octet-stream")
    {
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
        FileName = "measured.bin",
        ContentTransferEncoding = ContentEncoding.Base64,
        Content = new MimeContent(new MemoryStream(Texts.File(Bytes), writable: false)),
    };

    private static class Texts
    {
        private static readonly Dictionary<int, string> Made = [];
        private static readonly Dictionary<int, byte[]> Files = [];

        public static string Of(int length)
        {
            lock (Made)
            {
                return Made.TryGetValue(length, out var text)
                    ? text
                    : Made[length] = string.Concat(Enumerable.Repeat("Sixty characters of text, which make a line of a usual mail.\r\n", (length / 62) + 1))[..length];
            }
        }

        /// <summary>Base 64 makes four characters of three bytes, and lines of them.</summary>
        public static byte[] File(int encoded)
        {
            lock (Files)
            {
                if (!Files.TryGetValue(encoded, out var file))
                {
                    file = new byte[(int)(encoded / 1.37)];
                    new Random(1).NextBytes(file);
                    Files[encoded] = file;
                }

                return file;
            }
        }
    }
}
