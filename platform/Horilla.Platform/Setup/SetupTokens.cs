using System.Security.Cryptography;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

/// <summary>
/// Who has the link with such a token may set a tenant up. It holds for a day, and for this tenant until it is set up.
/// Thread-safe.
/// </summary>
internal sealed class SetupTokens(HostProtection protection)
{
    private const string Secret = "Secret";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private ITimeLimitedDataProtector Protector => protection.For(nameof(SetupTokens)).ToTimeLimitedDataProtector();

    /// <summary>Makes that a tenant is set up by nobody without a token.</summary>
    public static void Require(ShellSettings settings) => settings[Secret] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public string Create(ShellSettings settings) => Protector.Protect(settings[Secret] ?? "", Lifetime);

    /// <summary>Whether the tenant may be set up with this token, or without any.</summary>
    public bool Allows(ShellSettings settings, string? token)
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
            // Too old, or not one of ours.
            return false;
        }
    }
}
