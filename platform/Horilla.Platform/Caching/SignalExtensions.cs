using OrchardCore.Environment.Shell.Scope;

namespace OrchardCore.Environment.Cache;

public static class SignalExtensions
{
    /// <summary>Signals at the end of the current scope, after its changes are saved.</summary>
    public static void DeferredSignalToken(this ISignal _, string key) => ShellScope.AddDeferredSignal(key);
}
