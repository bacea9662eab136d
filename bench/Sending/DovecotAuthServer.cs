using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Horilla.Bench.Sending;

/// <summary>Checks the password for Postfix, with Dovecot's authentication protocol (doc.dovecot.org, "Authentication protocol"), for one user and PLAIN.</summary>
internal sealed class DovecotAuthServer : IAsyncDisposable
{
    private const string Handshake = "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0123456789abcdef0123456789abcdef\nDONE\n";

    private readonly TcpListener _listener;
    private readonly string _response;
    private readonly Task _running;

    private DovecotAuthServer(string userName, string password)
    {
        UserName = userName;
        _response = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{userName}\0{password}"));
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    private string UserName { get; }

    public static DovecotAuthServer Start(string userName, string password) => new(userName, password);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        connection.NoDelay = true;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n", AutoFlush = true };
        await writer.WriteAsync(Handshake);

        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Split('\t') is ["AUTH", var id, "PLAIN", .. var parameters])
            {
                await writer.WriteLineAsync(parameters.Contains($"resp={_response}", StringComparer.Ordinal) ? $"OK\t{id}\tuser={UserName}" : $"FAIL\t{id}\tuser={UserName}");
            }
        }
    }
}
