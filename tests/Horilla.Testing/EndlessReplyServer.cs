using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Horilla.Testing;

/// <summary>An SMTP server whose reply to one command never ends.</summary>
public sealed class EndlessReplyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _command;
    private readonly byte[] _flood;
    private Task _serving = Task.CompletedTask;

    private EndlessReplyServer(string command, string flood)
    {
        _command = command;
        _flood = Encoding.Latin1.GetBytes(flood);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Starts a server.</summary>
    /// <param name="command">The start of the command that the flood answers; empty for the greeting, a dot for the end of the content.</param>
    /// <param name="flood">The text that is sent repeatedly.</param>
    public static Task<EndlessReplyServer> StartAsync(string command, string flood)
    {
        var server = new EndlessReplyServer(command, flood);
        server._listener.Start();
        server._serving = server.ServeAsync();

        return Task.FromResult(server);
    }

    /// <summary>Completes when a client has cut off the flood.</summary>
    public Task WaitForDisconnectAsync() => _cutOff.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> talks = [];

        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }

        await Task.WhenAll(talks);
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);

            try
            {
                if (_command.Length == 0)
                {
                    await FloodAsync(stream);
                }

                await SayAsync(stream, "220 flood.example\r\n");

                while (await reader.ReadLineAsync(_end.Token) is { } line)
                {
                    if (line.StartsWith(_command, StringComparison.Ordinal) && (_command != "." || line == "."))
                    {
                        await FloodAsync(stream);
                    }

                    await SayAsync(stream, line switch
                    {
                        ['E', 'H', 'L', 'O', ..] => "250-flood.example\r\n250 AUTH PLAIN\r\n",
                        ['A', 'U', 'T', 'H', ..] => "235 Welcome\r\n",
                        "DATA" => "354 Go on\r\n",
                        ['M', 'A', 'I', 'L', ..] or ['R', 'C', 'P', 'T', ..] or "RSET" or "QUIT" => "250 OK\r\n",
                        _ => "",
                    });
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The client disconnected, or the test has ended.
            }
        }
    }

    private async Task FloodAsync(NetworkStream stream)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync(_flood, _end.Token);
            }
        }
        catch (IOException)
        {
            _cutOff.TrySetResult();

            throw;
        }
    }

    private static async Task SayAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
}
