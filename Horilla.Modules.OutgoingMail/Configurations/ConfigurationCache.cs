using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Caching.Memory;
using OrchardCore.Environment.Cache;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>
/// Caches the configurations used for sending, so that sending doesn't query the database for each message. Cached
/// instances are shared and must not be modified. One per tenant shell; thread-safe.
/// </summary>
/// <param name="store">The store of the configurations.</param>
/// <param name="signal">Signals changes, including those of other nodes if they share a message bus.</param>
public sealed class ConfigurationCache(IStore store, ISignal signal) : IDisposable
{
    private const string ChangedSignal = "Horilla.Modules.OutgoingMail.Configurations";

    /// <summary>How long a change on another node may go unnoticed without a message bus.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 1_000 });

    /// <summary>Returns the cached configuration, or queries the database; null if there is none.</summary>
    /// <param name="keyType">The kind of key, such as an ID or a domain.</param>
    /// <param name="key">The key.</param>
    /// <param name="query">Queries the database.</param>
    public async Task<OutgoingMailConfiguration?> FindAsync(string keyType, string key, Func<ISession, Task<OutgoingMailConfiguration?>> query)
    {
        if (_cache.TryGetValue((keyType, key), out OutgoingMailConfiguration? found))
        {
            return found;
        }

        // Taken before the query, so that a change during the query expires its result.
        var token = signal.GetToken(ChangedSignal);

        // Not the session of the scope, because its documents may be modified there.
        await using var session = store.CreateSession();
        found = await query(session);

        // Properties are parsed from JSON on first use. Do that before the instance is shared.
        _ = found?.Properties.Count;
        var options = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge };
        _cache.Set((keyType, key), found, options.AddExpirationToken(token));

        return found;
    }

    /// <summary>Expires the cache when the changes of this scope are saved. Call it after creating, changing or deleting a configuration.</summary>
    public void InvalidateOnCommit() => signal.DeferredSignalToken(ChangedSignal);

    /// <inheritdoc />
    public void Dispose() => _cache.Dispose();
}
