using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>
/// Protects the secrets of configurations by ASP.NET Core Data Protection, for a purpose that names tenant, configuration
/// and field: a payload that was copied elsewhere cannot be read there. Thread-safe.
/// </summary>
public sealed class SecretProtector(IDataProtectionProvider provider, ShellSettings shellSettings)
{
    /// <summary>The protected form of a secret.</summary>
    public string Protect(string configurationId, string field, string secret) => Protector(configurationId, field).Protect(secret);

    /// <summary>The secret in clear. It must not leave memory.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that it was protected with are gone, or it is not one of this field.</exception>
    public string Unprotect(string configurationId, string field, string payload) => Protector(configurationId, field).Unprotect(payload);

    private IDataProtector Protector(string configurationId, string field)
        => provider.CreateProtector("Horilla.Modules.OutgoingMail", shellSettings.Name, configurationId, field);
}
