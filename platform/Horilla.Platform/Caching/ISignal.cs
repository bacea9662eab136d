using Microsoft.Extensions.Primitives;
using OrchardCore.Modules;

namespace OrchardCore.Environment.Cache;

/// <summary>Signals that cached data has changed. One for each shell of a tenant; thread-safe.</summary>
public interface ISignal : IModularTenantEvents
{
    /// <summary>Returns a token that changes with the next signal for this key.</summary>
    IChangeToken GetToken(string key);

    /// <summary>Changes the tokens that were returned for this key so far.</summary>
    Task SignalTokenAsync(string key);
}
