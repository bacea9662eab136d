using System.Globalization;

namespace Horilla.Testing;

/// <summary>aiosmtpd on loopback: a second SMTP implementation besides Exim, with a certificate that the test chooses.</summary>
public sealed class AioSmtpServer : IAsyncDisposable
{
    public const string UserName = "info@acme.example";
    public const string Password = "right horse Battery 9";

    private readonly ServerProcess _process;

    private AioSmtpServer(ServerProcess process, string outbox, int port)
    {
        _process = process;
        ReceivedFolder = outbox;
        Port = port;
    }

    public string ReceivedFolder { get; }

    public int Port { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="folder">The folder for the messages it receives.</param>
    /// <param name="mode">starttls, tls or clear.</param>
    /// <param name="certificate">Its certificate.</param>
    /// <param name="more">Additional arguments: see smtpd.py.</param>
    public static async Task<AioSmtpServer> StartAsync(TemporaryFolder folder, string mode, (string Certificate, string Key) certificate, params string[] more)
    {
        var port = FreePort.Next();
        var outbox = folder.CreateSubfolder($"aio-{Guid.NewGuid():N}");
        var process = new ServerProcess(
            "/usr/bin/python3",
            [
                Path.Combine(AppContext.BaseDirectory, "smtpd.py"), "--port", port.ToString(CultureInfo.InvariantCulture), "--mode", mode,
                "--certificate", certificate.Certificate, "--key", certificate.Key, "--outbox", outbox, "--user", UserName, "--password", Password, .. more,
            ]);
        await FreePort.WaitForListenerAsync(port, () => process.Output);

        return new AioSmtpServer(process, outbox, port);
    }

    /// <inheritdoc cref="ServerProcess.WaitForOutputAsync(string)"/>
    public Task WaitForOutputAsync(string text) => _process.WaitForOutputAsync(text);

    /// <inheritdoc cref="ServerProcess.WaitForOutputAsync(string, int)"/>
    public Task WaitForOutputAsync(string line, int times) => _process.WaitForOutputAsync(line, times);

    /// <summary>Returns how many times it has written a line so far.</summary>
    public int Count(string line) => _process.Count(line);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
