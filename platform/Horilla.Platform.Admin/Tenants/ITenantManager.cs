using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Creates, changes and removes tenants while the host runs.</summary>
public interface ITenantManager
{
    /// <summary>The tenants whose name, description or address contains a text, by name; the default one comes first.</summary>
    IReadOnlyList<ShellSettings> Search(string text);

    /// <summary>The tenant of this name, or null.</summary>
    ShellSettings? Find(string? name);

    /// <summary>The form of a tenant as it is; of a new one for null.</summary>
    Task<TenantForm> ReadAsync(ShellSettings? settings);

    /// <summary>Puts what the form chooses from into it.</summary>
    Task CompleteAsync(TenantForm form, ShellSettings? settings);

    /// <summary>Creates a tenant that is still to be set up.</summary>
    /// <returns>What is wrong with the form; nothing was created then.</returns>
    Task<IReadOnlyList<FieldError>> CreateAsync(TenantForm form);

    /// <summary>Changes a tenant.</summary>
    /// <returns>What is wrong with the form; nothing was changed then.</returns>
    Task<IReadOnlyList<FieldError>> EditAsync(ShellSettings settings, TenantForm form);

    /// <summary>Lets a disabled tenant answer again.</summary>
    /// <returns>Why it can't be done; null where it was.</returns>
    Task<string?> EnableAsync(ShellSettings settings);

    /// <summary>Lets a tenant answer no more. The default one always does.</summary>
    /// <returns>Why it can't be done; null where it was.</returns>
    Task<string?> DisableAsync(ShellSettings settings);

    /// <summary>Reads the settings of a running tenant again, and gives it a new shell.</summary>
    /// <returns>Why it can't be done; null where it was.</returns>
    Task<string?> ReloadAsync(ShellSettings settings);

    /// <summary>Whether it may be removed: it is disabled or was never set up, and is not the default one.</summary>
    bool IsRemovable(ShellSettings settings);

    /// <summary>Removes a tenant with all its data.</summary>
    /// <returns>Why it could not be removed; null where it was.</returns>
    Task<string?> RemoveAsync(ShellSettings settings);

    /// <summary>What its set-up link has to carry.</summary>
    string CreateSetupToken(ShellSettings settings);
}
