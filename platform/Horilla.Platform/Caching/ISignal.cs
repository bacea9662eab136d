using Microsoft.Extensions.Primitives;
using OrchardCore.Modules;

namespace OrchardCore.Environment.Cache;

/// <summary>Tells those who keep something in memory that it has changed. One for each shell of a tenant; thread-safe.</summary>
public interface ISignal : IModularTenantEvents
{
    /// <summary>A token that changes with the next signal of this key.</summary>
    IChangeToken GetToken(string key);

    /// <summary>Changes the tokens of this key that were given so far.</summary>
    Task SignalTokenAsync(string key);
}
