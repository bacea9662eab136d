using System.Security.Cryptography;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Databases;

/// <summary>
/// Keeps the connection strings of tenants, which carry passwords, out of tenants.json in clear. One that an operator
/// wrote there, or into the configuration, is taken as it is. Thread-safe.
/// </summary>
internal sealed class ConnectionStrings(HostProtection protection, TenantFolders folders)
{
    private const string Mark = "protected:";

    private IDataProtector Protector => protection.For(nameof(ConnectionStrings));

    public void Store(ShellSettings settings, string? connectionString)
        => settings[DatabaseSettings.ConnectionString] = string.IsNullOrWhiteSpace(connectionString) ? null : Mark + Protector.Protect(connectionString.Trim());

    /// <summary>The connection string in clear; empty where there is none.</summary>
    /// <exception cref="InvalidOperationException">It was protected with keys that are not there.</exception>
    public string Read(ShellSettings settings)
    {
        var stored = settings[DatabaseSettings.ConnectionString] ?? "";

        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
        {
            return stored;
        }

        try
        {
            return Protector.Unprotect(stored[Mark.Length..]);
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException(
                $"The connection string of the tenant '{settings.Name}' cannot be read: it was protected with keys that are not in '{folders.HostKeyFolder}'. Restore that folder from a backup, or write the connection string into '{folders.TenantsFile}' anew.",
                e);
        }
    }
}
