using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;

namespace OrchardCore.Environment.Shell;

/// <summary>The tenants of the host and their shells. Thread-safe.</summary>
public interface IShellHost
{
    Task InitializeAsync();

    IEnumerable<ShellSettings> GetAllSettings();

    bool TryGetSettings(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ShellSettings? settings);

    /// <summary>The shells that run now.</summary>
    IEnumerable<ShellContext> ListShellContexts();

    /// <summary>The tenant's shell, built now if it is not there.</summary>
    Task<ShellContext> GetOrCreateShellContextAsync(ShellSettings settings);

    Task<ShellScope> GetScopeAsync(ShellSettings settings);

    Task UpdateShellSettingsAsync(ShellSettings settings);

    /// <summary>The next scope gets a new shell; those that run end on the old one.</summary>
    Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true);

    /// <summary>Reads the settings of the tenant anew, and releases its shell.</summary>
    Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true);

    /// <summary>Forgets a tenant, and releases its shell. Its data stays.</summary>
    Task RemoveShellSettingsAsync(ShellSettings settings);
}
