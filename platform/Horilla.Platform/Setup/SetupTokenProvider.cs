using System.Security.Cryptography;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

/// <summary>
/// The tokens in links to set up a tenant. A token is valid for one tenant, for one day, and only until the tenant is set
/// up. Thread-safe.
/// </summary>
internal sealed class SetupTokenProvider(HostDataProtection protection) : ISetupTokenProvider
{
    private const string Secret = "Secret";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private ITimeLimitedDataProtector Protector => protection.For("SetupTokens").ToTimeLimitedDataProtector();

    /// <summary>Requires a token to set up the tenant.</summary>
    public static void RequireToken(ShellSettings settings) => settings[Secret] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public string Create(ShellSettings settings) => Protector.Protect(settings[Secret] ?? "", Lifetime);

    /// <summary>Whether this token allows the tenant to be set up, or none is required.</summary>
    public bool Validate(ShellSettings settings, string? token)
    {
        if (settings[Secret] is not { Length: > 0 } secret)
        {
            return true;
        }

        try
        {
            return !string.IsNullOrEmpty(token) && Protector.Unprotect(token) == secret;
        }
        catch (CryptographicException)
        {
            // Expired, or not one of our tokens.
            return false;
        }
    }
}
