using System.Collections.Concurrent;

namespace Horilla.TestHost;

/// <summary>The events that the listener has received.</summary>
public sealed class MailEventLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public void Add(string line) => _lines.Enqueue(line);

    public IEnumerable<string> Find(string text) => _lines.Where(line => line.Contains(text, StringComparison.Ordinal));
}
