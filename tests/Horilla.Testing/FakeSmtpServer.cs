using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Horilla.Testing;

/// <summary>A reply of a <see cref="FakeSmtpServer"/>.</summary>
/// <param name="Text">The reply, including line endings.</param>
/// <param name="Closes">Whether the connection is closed after it.</param>
public sealed record SmtpReply(string Text, bool Closes = false)
{
    public static implicit operator SmtpReply(string text) => new(text);
}

/// <summary>
/// An unencrypted SMTP server that serves any number of connections at once. It behaves like an ordinary server, except for
/// the replies that a test overrides.
/// </summary>
public sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _serving;
    private int _count;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Returns the reply to a command of a connection, or null for the usual reply.</param>
    /// <param name="greeting">The greeting.</param>
    /// <param name="offers">The extensions that EHLO announces, separated by |.</param>
    /// <param name="address">The address it listens on, or null for 127.0.0.1.</param>
    /// <param name="port">The port, or 0 for any free one.</param>
    public FakeSmtpServer(Func<FakeSmtpConnection, string, SmtpReply?>? answer = null, string greeting = "220 plain.example ESMTP\r\n", string offers = "AUTH PLAIN LOGIN", IPAddress? address = null, int port = 0)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _listener.Start();
        _serving = ServeAsync(answer ?? ((_, _) => null), greeting, offers);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The number of connections accepted.</summary>
    public int Connections => _count;

    /// <summary>The commands of all connections.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    /// <summary>The contents of all accepted messages, exactly as received.</summary>
    public IReadOnlyCollection<string> Messages => _messages;

    /// <summary>Returns the number of commands that start with a text.</summary>
    public int Count(string start) => _commands.Count(command => command.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>Waits until it has received a message that contains a text.</summary>
    public async Task WaitForMessageAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (!_messages.Any(message => message.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task ServeAsync(Func<FakeSmtpConnection, string, SmtpReply?> answer, string greeting, string offers)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _connections.Add(TalkAsync(client, new FakeSmtpConnection { Number = Interlocked.Increment(ref _count) }, answer, greeting, offers));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }
    }

    private async Task TalkAsync(TcpClient client, FakeSmtpConnection connection, Func<FakeSmtpConnection, string, SmtpReply?> answer, string greeting, string offers)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await WriteAsync(stream, greeting);

                while (await reader.ReadLineAsync(_end.Token) is { } command)
                {
                    _commands.Enqueue(command);
                    var given = answer(connection, command) ?? Usual(connection, command, offers);
                    await WriteAsync(stream, given.Text);

                    if (given.Closes)
                    {
                        break;
                    }

                    if (given.Text.StartsWith("354", StringComparison.Ordinal))
                    {
                        if (await ReadContentAsync(reader) is not { } content)
                        {
                            break;
                        }

                        connection.Messages++;
                        var end = answer(connection, ".") ?? "250 2.0.0 OK queued as PLAIN\r\n";

                        if (end.Text.StartsWith('2'))
                        {
                            _messages.Enqueue(content);
                        }

                        await WriteAsync(stream, end.Text);

                        if (end.Closes)
                        {
                            break;
                        }
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client disconnected, or the test has ended.
            }
        }
    }

    /// <summary>Reads up to the final dot. Returns null if the client disconnects first. Bare carriage returns and line feeds are kept.</summary>
    private async Task<string?> ReadContentAsync(StreamReader reader)
    {
        var content = new StringBuilder();
        var buffer = new char[1];

        while (!EndsWith(content, "\r\n.\r\n"))
        {
            if (await reader.ReadAsync(buffer.AsMemory(), _end.Token) == 0)
            {
                return null;
            }

            content.Append(buffer[0]);
        }

        return content.ToString();
    }

    private static bool EndsWith(StringBuilder content, string end)
        => content.Length >= end.Length && content.ToString(content.Length - end.Length, end.Length) == end;

    private static SmtpReply Usual(FakeSmtpConnection connection, string command, string offers) => command.ToUpperInvariant() switch
    {
        ['E', 'H', 'L', 'O', ..] => $"250-plain.example\r\n{string.Concat(offers.Split('|').Select(offer => $"250-{offer}\r\n"))}250 ENHANCEDSTATUSCODES\r\n",
        ['H', 'E', 'L', 'O', ..] => "250 plain.example\r\n",
        ['A', 'U', 'T', 'H', ' ', 'L', 'O', 'G', 'I', 'N', ..] => Ask(connection),
        ['A', 'U', 'T', 'H', ..] => "235 2.7.0 Welcome\r\n",
        ['D', 'A', 'T', 'A', ..] => "354 Go on\r\n",
        ['Q', 'U', 'I', 'T', ..] => new SmtpReply("221 Bye\r\n", Closes: true),
        _ when connection.Asked > 0 => --connection.Asked == 0 ? "235 2.7.0 Welcome\r\n" : "334 UGFzc3dvcmQ6\r\n",
        _ => "250 2.1.0 OK\r\n",
    };

    private static SmtpReply Ask(FakeSmtpConnection connection)
    {
        connection.Asked = 2;

        return "334 VXNlcm5hbWU6\r\n";
    }

    private static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
}

/// <summary>A connection to a <see cref="FakeSmtpServer"/>.</summary>
public sealed class FakeSmtpConnection
{
    /// <summary>The number of the connection, starting at 1.</summary>
    public required int Number { get; init; }

    /// <summary>The number of messages received over it.</summary>
    public int Messages { get; set; }

    /// <summary>How many sign-in responses the client has yet to send.</summary>
    public int Asked { get; set; }
}
