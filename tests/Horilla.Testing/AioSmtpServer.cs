using System.Globalization;

namespace Horilla.Testing;

/// <summary>aiosmtpd on loopback, a second implementation, and one whose certificate the test chooses.</summary>
public sealed class AioSmtpServer : IAsyncDisposable
{
    public const string UserName = "info@acme.example";
    public const string Password = "right horse Battery 9";

    private readonly ServerProcess _process;

    private AioSmtpServer(ServerProcess process, string outbox, int port)
    {
        _process = process;
        Outbox = outbox;
        Port = port;
    }

    public string Outbox { get; }

    public int Port { get; }

    /// <param name="folder">Where its mail goes.</param>
    /// <param name="mode">starttls, tls or clear.</param>
    /// <param name="certificate">Its certificate.</param>
    /// <param name="more">More arguments: see smtpd.py.</param>
    public static async Task<AioSmtpServer> StartAsync(TemporaryFolder folder, string mode, (string Certificate, string Key) certificate, params string[] more)
    {
        var port = FreePort.Next();
        var outbox = folder.Sub($"aio-{port.ToString(CultureInfo.InvariantCulture)}");
        var process = new ServerProcess(
            "/usr/bin/python3",
            [
                Path.Combine(AppContext.BaseDirectory, "smtpd.py"), "--port", port.ToString(CultureInfo.InvariantCulture), "--mode", mode,
                "--certificate", certificate.Certificate, "--key", certificate.Key, "--outbox", outbox, "--user", UserName, "--password", Password, .. more,
            ]);
        await FreePort.ListensAsync(port, () => process.Output);

        return new AioSmtpServer(process, outbox, port);
    }

    /// <inheritdoc cref="ServerProcess.WritesAsync(string)"/>
    public Task WritesAsync(string text) => _process.WritesAsync(text);

    /// <inheritdoc cref="ServerProcess.WritesAsync(string, int)"/>
    public Task WritesAsync(string line, int times) => _process.WritesAsync(line, times);

    /// <summary>How often it has written a line so far.</summary>
    public int Count(string line) => _process.Count(line);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
