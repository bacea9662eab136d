using OrchardCore.Environment.Shell.Scope;

namespace OrchardCore.Environment.Cache;

public static class SignalExtensions
{
    /// <summary>Signals when the current scope ends, and what it changed is saved.</summary>
    public static void DeferredSignalToken(this ISignal _, string key) => ShellScope.AddDeferredSignal(key);
}
