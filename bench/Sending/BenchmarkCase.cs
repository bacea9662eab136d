using System.Globalization;
using MimeKit;

namespace Horilla.Bench.Sending;

/// <summary>A case of the benchmark: what is sent, how, and where to.</summary>
/// <param name="Port">The port of the mail server.</param>
/// <param name="IsSecure">Whether STARTTLS and AUTH are used.</param>
/// <param name="Delay">The delay added to each round trip.</param>
/// <param name="Senders">The number of concurrent senders. Each sends one message after the other.</param>
/// <param name="Bytes">The approximate size of a message.</param>
internal sealed record BenchmarkCase(int Port, bool IsSecure, TimeSpan Delay, int Senders, int Bytes)
{
    private const int AttachmentThreshold = 50_000;

    /// <summary>The maximum number of connections of the module's mail server.</summary>
    public int MaxConnections { get; init; } = 4;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsSecure ? "TLS+AUTH" : "plain")}, {(Delay == TimeSpan.Zero ? "loopback" : $"+{Delay.TotalMilliseconds:0} ms")}, {(Bytes < 1_000_000 ? $"{Bytes / 1000} KB" : $"{Bytes / 1_000_000} MB")}, {Senders} sender{(Senders == 1 ? "" : "s")}");

    /// <summary>Composes a message of that size: a text, or a short text with an attachment.</summary>
    public MimeMessage Compose()
    {
        var message = new MimeMessage { Subject = "Measured" };
        message.From.Add(new MailboxAddress("Acme", MailSink.UserName));
        message.To.Add(new MailboxAddress("Reader", "reader@example.com"));
        var text = new TextPart("plain") { Text = Bytes < AttachmentThreshold ? Texts.Of(Bytes) : "The file is attached." };
        message.Body = Bytes < AttachmentThreshold ? text : new Multipart("mixed") { text, Attachment() };

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

        /// <summary>Creates a file for an encoded size. Base64 encodes three bytes as four characters, and adds line breaks.</summary>
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
