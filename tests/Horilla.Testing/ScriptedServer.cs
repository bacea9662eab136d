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
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await SayAsync(stream, "220 scripted\r\n");

            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                _told.Enqueue(line);
                await SayAsync(stream, _answer(line) ?? "");
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
