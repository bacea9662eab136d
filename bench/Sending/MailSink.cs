using System.Globalization;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>The mail servers: Postfix's smtp-sink, which accepts and discards messages, and Postfix's smtpd in front of it, with STARTTLS and AUTH.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    public const string UserName = "info@acme.example";
    public const string Password = "right horse Battery 9";

    private ServerProcess? _sink;
    private PostfixServer? _postfix;

    /// <summary>The port that accepts email unencrypted and without authentication.</summary>
    public int PlainPort { get; } = FreePort.Next();

    /// <summary>The port that accepts email after STARTTLS and AUTH.</summary>
    public int SecurePort { get; } = FreePort.Next();

    public static async Task<MailSink> StartAsync((string Certificate, string Key) certificate)
    {
        var root = await DebianPackages.UnpackAsync("postfix");
        var sink = new MailSink();
        sink._sink = new ServerProcess(
            Path.Combine(root, "usr/sbin/smtp-sink"),
            // smtp-sink requires a user to switch to when it is started as root.
            [.. Environment.IsPrivilegedProcess ? new[] { "-u", "nobody" } : [], "-m", "500", $"127.0.0.1:{sink.PlainPort.ToString(CultureInfo.InvariantCulture)}", "500"],
            environment: new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = Path.Combine(root, "usr/lib/postfix") });
        await FreePort.WaitForListenerAsync(sink.PlainPort, () => sink._sink.Output);
        sink._postfix = await PostfixServer.StartAsync(root, sink.SecurePort, sink.PlainPort, certificate);

        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postfix is not null)
        {
            await _postfix.DisposeAsync();
        }

        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }
    }
}
