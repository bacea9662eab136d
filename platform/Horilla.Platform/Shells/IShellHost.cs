using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;

namespace OrchardCore.Environment.Shell;

/// <summary>The tenants of the host and their shells. Thread-safe.</summary>
public interface IShellHost
{
    Task InitializeAsync();

    IEnumerable<ShellSettings> GetAllSettings();

    bool TryGetSettings(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ShellSettings? settings);

    /// <summary>Returns the running shells.</summary>
    IEnumerable<ShellContext> ListShellContexts();

    /// <summary>Returns the tenant's shell, and builds it if it doesn't exist.</summary>
    Task<ShellContext> GetOrCreateShellContextAsync(ShellSettings settings);

    Task<ShellScope> GetScopeAsync(ShellSettings settings);

    Task UpdateShellSettingsAsync(ShellSettings settings);

    /// <summary>Releases the shell. The next scope gets a new one; running scopes end on the old one.</summary>
    Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true);

    /// <summary>Reloads the settings of the tenant, and releases its shell.</summary>
    Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true);

    /// <summary>Removes the settings of a tenant, and releases its shell. Its data stays.</summary>
    Task RemoveShellSettingsAsync(ShellSettings settings);
}
