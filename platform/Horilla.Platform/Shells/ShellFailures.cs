using System.Collections.Concurrent;

namespace Horilla.Platform.Shells;

/// <summary>
/// Shells that could not be built lately. A database that does not answer takes its time to say so: those who wait are
/// told at once, and who comes a little later tries again. Thread-safe.
/// </summary>
internal sealed class ShellFailures(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Time, ShellUnavailableException Failure)> _failures = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ShellUnavailableException">The shell could not be built a moment ago.</exception>
    public void ThrowIfRecent(string tenant)
    {
        if (_failures.TryGetValue(tenant, out var last) && time.GetUtcNow() - last.Time < Pause)
        {
            throw new ShellUnavailableException(tenant, last.Failure.InnerException, isNew: false);
        }
    }

    public ShellUnavailableException Note(string tenant, Exception cause)
    {
        var failure = new ShellUnavailableException(tenant, cause, isNew: true);
        _failures[tenant] = (time.GetUtcNow(), failure);

        return failure;
    }

    public void Forget(string tenant) => _failures.TryRemove(tenant, out _);
}
