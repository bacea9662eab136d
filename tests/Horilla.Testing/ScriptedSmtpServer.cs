using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Horilla.Testing;

/// <summary>
/// An unencrypted SMTP server that follows the script of a test: the script returns the reply to each line, or null to send
/// none yet. The server records every line that it receives.
/// </summary>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly ConcurrentQueue<string> _told = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly bool _inPieces;
    private readonly Task _serving;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Returns the reply to a line, including line endings, or null for none.</param>
    /// <param name="inPieces">Whether each byte of a reply is sent separately.</param>
    public ScriptedSmtpServer(Func<string, string?> answer, bool inPieces = false)
    {
        _answer = answer;
        _inPieces = inPieces;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All lines that it has received.</summary>
    public IReadOnlyCollection<string> ReceivedLines => _told;

    /// <summary>The largest number of commands that arrived together: more than one from a client that pipelines.</summary>
    public int MaxPipelinedCommands { get; private set; }

    /// <summary>Completes when a client has disconnected.</summary>
    public Task Disconnected => _left.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                client.NoDelay = true;
                await TalkAsync(client.GetStream());
                _left.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        try
        {
            await SayAsync(stream, "220 scripted\r\n");
            var buffer = new byte[64 * 1024];
            var rest = "";
            var isInContent = false;

            while (await stream.ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                var lines = (rest + Encoding.Latin1.GetString(buffer, 0, count)).Split("\r\n");
                rest = lines[^1];
                MaxPipelinedCommands = isInContent ? MaxPipelinedCommands : Math.Max(MaxPipelinedCommands, lines.Length - 1);

                foreach (var line in lines[..^1])
                {
                    _told.Enqueue(line);
                    var answer = _answer(line) ?? "";
                    isInContent = answer.Contains("354", StringComparison.Ordinal) || (isInContent && line != ".");
                    await SayAsync(stream, answer);
                }
            }
        }
        catch (IOException)
        {
            // The client disconnected.
        }
    }

    private async Task SayAsync(NetworkStream stream, string text)
    {
        foreach (var piece in _inPieces ? text.Select(letter => letter.ToString()) : [text])
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(piece));
        }
    }
}
