using System.Collections.Concurrent;

namespace Horilla.Platform.Shells;

/// <summary>
/// Remembers shells that recently couldn't be built. An unreachable database can take a long time to fail, so waiting
/// requests fail immediately and a later request tries again. Thread-safe.
/// </summary>
internal sealed class ShellErrorCache(TimeProvider time)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Time, ShellUnavailableException Failure)> _failures = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Throws the last error of a tenant's shell while it's too early for another attempt.</summary>
    /// <exception cref="ShellUnavailableException">The shell couldn't be built a moment ago.</exception>
    public void ThrowIfRecent(string tenant)
    {
        if (_failures.TryGetValue(tenant, out var last) && time.GetUtcNow() - last.Time < RetryDelay)
        {
            throw new ShellUnavailableException(tenant, last.Failure.InnerException, isNew: false);
        }
    }

    public ShellUnavailableException Record(string tenant, Exception cause)
    {
        var failure = new ShellUnavailableException(tenant, cause, isNew: true);
        _failures[tenant] = (time.GetUtcNow(), failure);

        return failure;
    }

    public void Clear(string tenant) => _failures.TryRemove(tenant, out _);
}
