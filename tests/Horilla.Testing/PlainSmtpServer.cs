using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Horilla.Testing;

/// <summary>What a <see cref="PlainSmtpServer"/> answers.</summary>
/// <param name="Text">The answer, with the ends of its lines.</param>
/// <param name="Closes">Whether the connection is closed after it.</param>
public sealed record SmtpAnswer(string Text, bool Closes = false)
{
    public static implicit operator SmtpAnswer(string text) => new(text);
}

/// <summary>
/// An unencrypted SMTP server that serves any number of connections at once and does what servers do, except for what a
/// test has it answer instead.
/// </summary>
public sealed class PlainSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _serving;
    private int _count;

    /// <param name="answer">Answers a command of a connection; null for what servers answer.</param>
    /// <param name="greeting">The greeting.</param>
    /// <param name="offers">What EHLO offers.</param>
    /// <param name="address">Where it listens; null for 127.0.0.1.</param>
    /// <param name="port">The port; 0 for any.</param>
    public PlainSmtpServer(Func<PlainSmtpConnection, string, SmtpAnswer?>? answer = null, string greeting = "220 plain.example ESMTP\r\n", string offers = "AUTH PLAIN LOGIN", IPAddress? address = null, int port = 0)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _listener.Start();
        _serving = ServeAsync(answer ?? ((_, _) => null), greeting, offers);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were made.</summary>
    public int Connections => _count;

    /// <summary>All commands, of all connections.</summary>
    public IReadOnlyCollection<string> Commands => _commands;

    /// <summary>The contents of all messages that it accepted, as they came.</summary>
    public IReadOnlyCollection<string> Messages => _messages;

    /// <summary>How many commands began so.</summary>
    public int Count(string start) => _commands.Count(command => command.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task ServeAsync(Func<PlainSmtpConnection, string, SmtpAnswer?> answer, string greeting, string offers)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _connections.Add(TalkAsync(client, new PlainSmtpConnection { Number = Interlocked.Increment(ref _count) }, answer, greeting, offers));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }
    }

    private async Task TalkAsync(TcpClient client, PlainSmtpConnection connection, Func<PlainSmtpConnection, string, SmtpAnswer?> answer, string greeting, string offers)
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
                // The client broke it off, or the test has ended.
            }
        }
    }

    /// <summary>To the dot; null where the client left before it. Bare carriage returns and line feeds stay as they came.</summary>
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

    private static SmtpAnswer Usual(PlainSmtpConnection connection, string command, string offers) => command.ToUpperInvariant() switch
    {
        ['E', 'H', 'L', 'O', ..] => $"250-plain.example\r\n{string.Concat(offers.Split('|').Select(offer => $"250-{offer}\r\n"))}250 ENHANCEDSTATUSCODES\r\n",
        ['H', 'E', 'L', 'O', ..] => "250 plain.example\r\n",
        ['A', 'U', 'T', 'H', ' ', 'L', 'O', 'G', 'I', 'N', ..] => Ask(connection),
        ['A', 'U', 'T', 'H', ..] => "235 2.7.0 Welcome\r\n",
        ['D', 'A', 'T', 'A', ..] => "354 Go on\r\n",
        ['Q', 'U', 'I', 'T', ..] => new SmtpAnswer("221 Bye\r\n", Closes: true),
        _ when connection.Asked > 0 => --connection.Asked == 0 ? "235 2.7.0 Welcome\r\n" : "334 UGFzc3dvcmQ6\r\n",
        _ => "250 2.1.0 OK\r\n",
    };

    private static SmtpAnswer Ask(PlainSmtpConnection connection)
    {
        connection.Asked = 2;

        return "334 VXNlcm5hbWU6\r\n";
    }

    private static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
}

/// <summary>A connection to a <see cref="PlainSmtpServer"/>.</summary>
public sealed class PlainSmtpConnection
{
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>How many messages came through it.</summary>
    public int Messages { get; set; }

    /// <summary>How many answers of the sign-in are to come.</summary>
    public int Asked { get; set; }
}
