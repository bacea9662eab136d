using Microsoft.Extensions.Caching.Memory;
using OrchardCore.Environment.Cache;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>
/// The configurations that mails go through, kept in memory: sending asks the database only after a change. What is found
/// is shared, and must not be changed. One for each shell of a tenant; thread-safe.
/// </summary>
/// <param name="store">Where they are stored.</param>
/// <param name="signal">Tells of changes. On many nodes it is theirs together where they share a message bus.</param>
public sealed class ConfigurationCache(IStore store, ISignal signal) : IDisposable
{
    private const string Changed = "Horilla.Modules.OutgoingMail.Configurations";

    /// <summary>How long a change on another node may stay unseen where no message bus tells of it.</summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(10);

    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = 1_000 });

    /// <summary>The configuration that was found before, or that is found now; null for none.</summary>
    /// <param name="by">What it is found by.</param>
    /// <param name="value">Which one.</param>
    /// <param name="find">Finds it in the database.</param>
    public async Task<OutgoingMailConfiguration?> FindAsync(string by, string value, Func<ISession, Task<OutgoingMailConfiguration?>> find)
    {
        if (_found.TryGetValue((by, value), out OutgoingMailConfiguration? found))
        {
            return found;
        }

        // Taken before the database is asked, so that a change meanwhile ends what was read before it.
        var token = signal.GetToken(Changed);

        // Not the session of the scope, whose documents are changed there.
        await using var session = store.CreateSession();
        found = await find(session);

        // Read from JSON at their first use: now, so that nobody shares that.
        _ = found?.Properties.Count;
        var options = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = LongestAge };
        _found.Set((by, value), found, options.AddExpirationToken(token));

        return found;
    }

    /// <summary>A configuration is changed, created or deleted in this scope: what is kept goes when that is saved.</summary>
    public void ExpireWithScope() => signal.DeferredSignalToken(Changed);

    /// <inheritdoc />
    public void Dispose() => _found.Dispose();
}
