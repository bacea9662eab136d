using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Users;

/// <summary>Recognizes the browsers that a user has signed in with, by a signed cookie. All a known browser gets is its own counter in <see cref="SignInThrottle"/>.</summary>
internal sealed class KnownDeviceCookie(IDataProtectionProvider protection, ShellSettings tenant, IClock clock)
{
    private const int MaxUserNames = 10;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private ITimeLimitedDataProtector Protector => protection.CreateProtector("Horilla.KnownDevice", tenant.Name).ToTimeLimitedDataProtector();

    private string CookieName => "orchdevice_" + Uri.EscapeDataString(tenant.Name);

    /// <summary>Returns the ID of the browser if this user has signed in with it, otherwise null.</summary>
    public string? Find(HttpContext http, string userName)
    {
        return Read(http) is [var id, .. var names] && names.Contains(userName, StringComparer.Ordinal) ? id : null;
    }

    /// <summary>Remembers that the user has signed in with this browser.</summary>
    public void Remember(HttpContext http, string userName)
    {
        string[] known = Read(http) is [var id, .. var names]
            ? [id, userName, .. names.Where(name => name != userName).Take(MaxUserNames - 1)]
            : [Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), userName];

        http.Response.Cookies.Append(CookieName, Protector.Protect(string.Join('\n', known), new DateTimeOffset(clock.UtcNow, TimeSpan.Zero) + Lifetime), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = http.Request.PathBase.HasValue ? http.Request.PathBase.Value : "/",
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
    }

    /// <summary>Returns the ID of the browser and the names of its users, or an empty array for an unknown browser.</summary>
    private string[] Read(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var cookie))
        {
            return [];
        }

        try
        {
            return Protector.Unprotect(cookie).Split('\n');
        }
        catch (CryptographicException)
        {
            // Expired, protected with other keys, or forged.
            return [];
        }
    }
}
