using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;
using OrchardCore.Environment.Cache;
using OrchardCore.Modules;

namespace Horilla.Platform.Caching;

internal sealed class Signal : ModularTenantEvents, ISignal
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _waiting = new(StringComparer.Ordinal);

    public IChangeToken GetToken(string key)
        => new CancellationChangeToken(_waiting.GetOrAdd(key, static _ => new CancellationTokenSource()).Token);

    public Task SignalTokenAsync(string key)
        => _waiting.TryRemove(key, out var source) ? source.CancelAsync() : Task.CompletedTask;
}
