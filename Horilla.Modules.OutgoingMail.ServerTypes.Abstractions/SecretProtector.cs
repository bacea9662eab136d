using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// Protects the secrets of configurations with ASP.NET Core Data Protection. The purpose names tenant, configuration and
/// field, so that a payload copied elsewhere can't be read there. Thread-safe.
/// </summary>
public sealed class SecretProtector(IDataProtectionProvider provider, ShellSettings shellSettings)
{
    /// <summary>Protects a secret.</summary>
    public string Protect(string configurationId, string field, string secret) => Protector(configurationId, field).Protect(secret);

    /// <summary>Returns the secret. It must never leave memory.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that it was protected with are missing, or the payload isn't from this field.</exception>
    public string Unprotect(string configurationId, string field, string payload) => Protector(configurationId, field).Unprotect(payload);

    private IDataProtector Protector(string configurationId, string field)
        => provider.CreateProtector("Horilla.Modules.OutgoingMail", shellSettings.Name, configurationId, field);
}
