using System.Collections.Concurrent;

namespace Horilla.TestHost;

/// <summary>What the listener heard.</summary>
public sealed class MailLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public void Add(string line) => _lines.Enqueue(line);

    public IEnumerable<string> About(string text) => _lines.Where(line => line.Contains(text, StringComparison.Ordinal));
}
