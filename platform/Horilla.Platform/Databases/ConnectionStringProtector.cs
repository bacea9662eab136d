using System.Security.Cryptography;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Databases;

/// <summary>
/// Protects the connection strings of tenants in tenants.json, because they contain passwords. An unprotected one that an
/// operator wrote there or in the configuration is used as it is. Thread-safe.
/// </summary>
internal sealed class ConnectionStringProtector(HostDataProtection protection, TenantPaths folders)
{
    private const string ProtectedPrefix = "protected:";

    private IDataProtector Protector => protection.For("ConnectionStrings");

    public void Protect(ShellSettings settings, string? connectionString)
        => settings[DatabaseSettings.ConnectionString] = string.IsNullOrWhiteSpace(connectionString) ? null : ProtectedPrefix + Protector.Protect(connectionString.Trim());

    /// <summary>Returns the unprotected connection string, or an empty string if there is none.</summary>
    /// <exception cref="InvalidOperationException">It was protected with keys that are missing.</exception>
    public string Unprotect(ShellSettings settings)
    {
        var stored = settings[DatabaseSettings.ConnectionString] ?? "";

        if (!stored.StartsWith(ProtectedPrefix, StringComparison.Ordinal))
        {
            return stored;
        }

        try
        {
            return Protector.Unprotect(stored[ProtectedPrefix.Length..]);
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException(
                $"The connection string of the tenant '{settings.Name}' can't be read: it was protected with keys that aren't in '{folders.HostKeyFolder}'. Restore that folder from a backup, or enter the connection string again in '{folders.TenantsFile}'.",
                e);
        }
    }
}
