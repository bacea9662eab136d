using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Horilla.Testing;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>A server that accepts everything, and counts messages by Message-ID.</summary>
public sealed partial class CountingSmtpServer : IAsyncDisposable
{
    private readonly FakeSmtpServer _server;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _counted;

    public CountingSmtpServer() => _server = new FakeSmtpServer(offers: "PIPELINING");

    public int Port => _server.Port;

    /// <summary>The number of messages received so far.</summary>
    public int Received => _server.Messages.Count;

    /// <summary>Returns how often each message has arrived.</summary>
    public IReadOnlyDictionary<string, int> Count()
    {
        foreach (var message in _server.Messages.Skip(_counted).ToArray())
        {
            _counts.AddOrUpdate(MessageId().Match(message).Groups["id"].Value, 1, (_, count) => count + 1);
            _counted++;
        }

        return _counts;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [GeneratedRegex(@"^Message-Id: <(?<id>[^>]+)>", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MessageId();
}
