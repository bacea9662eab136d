using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Creates, edits and removes tenants while the host runs.</summary>
public interface ITenantManager
{
    /// <summary>Returns the tenants whose name, description, address or state contains a text, sorted by name, with the default tenant first.</summary>
    IReadOnlyList<ShellSettings> Search(string text);

    /// <summary>Returns the tenant with this name, or null if there is none.</summary>
    ShellSettings? Find(string? name);

    /// <summary>Returns the form of a tenant, or of a new tenant if the settings are null.</summary>
    Task<TenantForm> BuildFormAsync(ShellSettings? settings);

    /// <summary>Fills in the options that the form offers.</summary>
    Task PopulateOptionsAsync(TenantForm form, ShellSettings? settings);

    /// <summary>Creates a tenant that isn't set up yet.</summary>
    /// <returns>The errors in the form. If there are any, nothing was created.</returns>
    Task<IReadOnlyList<FieldError>> CreateAsync(TenantForm form);

    /// <summary>Edits a tenant.</summary>
    /// <returns>The errors in the form. If there are any, nothing was changed.</returns>
    Task<IReadOnlyList<FieldError>> EditAsync(ShellSettings settings, TenantForm form);

    /// <summary>Enables a disabled tenant.</summary>
    /// <returns>The reason why it can't be done, or null if it was.</returns>
    Task<string?> EnableAsync(ShellSettings settings);

    /// <summary>Disables a running tenant. The default tenant can't be disabled.</summary>
    /// <returns>The reason why it can't be done, or null if it was.</returns>
    Task<string?> DisableAsync(ShellSettings settings);

    /// <summary>Reloads the settings of a running tenant and gives it a new shell.</summary>
    /// <returns>The reason why it can't be done, or null if it was.</returns>
    Task<string?> ReloadAsync(ShellSettings settings);

    /// <summary>Whether the tenant can be removed: it's disabled or was never set up, and isn't the default tenant.</summary>
    bool IsRemovable(ShellSettings settings);

    /// <summary>Removes a tenant with all its data.</summary>
    /// <returns>The reason why it couldn't be removed, or null if it was.</returns>
    Task<string?> RemoveAsync(ShellSettings settings);
}
