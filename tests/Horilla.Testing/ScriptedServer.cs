using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Horilla.Testing;

/// <summary>
/// An SMTP server in clear that answers as a test says: to each command with what the script gives for it, null for nothing
/// yet. What it keeps is what it was told.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly ConcurrentQueue<string> _told = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly bool _inPieces;
    private readonly Task _serving;

    /// <param name="answer">Gives the answer to a line, with the ends of its lines; null for none.</param>
    /// <param name="inPieces">Whether each byte of an answer goes by itself.</param>
    public ScriptedServer(Func<string, string?> answer, bool inPieces = false)
    {
        _answer = answer;
        _inPieces = inPieces;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All lines that it was told.</summary>
    public IReadOnlyCollection<string> Told => _told;

    /// <summary>How many commands have come together at most: more than one from a client that does not wait for each answer.</summary>
    public int MostCommandsAtOnce { get; private set; }

    /// <summary>Ends when a client has left.</summary>
    public Task Left => _left.Task.WaitAsync(TimeSpan.FromSeconds(30));

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
                MostCommandsAtOnce = isInContent ? MostCommandsAtOnce : Math.Max(MostCommandsAtOnce, lines.Length - 1);

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
            // The client broke it off.
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
