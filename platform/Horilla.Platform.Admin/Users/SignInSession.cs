using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;

namespace Horilla.Platform.Admin.Users;

/// <summary>The session of a sign-in, as stored in its cookie. The cookie is renewed while it is used; these values stay the same.</summary>
/// <param name="Id">Distinguishes it from other sessions of the user.</param>
/// <param name="SignedInUtc">When the password was entered.</param>
internal sealed record SignInSession(string Id, DateTimeOffset SignedInUtc)
{
    private const string IdKey = ".horilla.session";
    private const string TimeKey = ".horilla.signed-in";

    /// <summary>Writes a new session into a cookie that has none.</summary>
    public static void Begin(AuthenticationProperties properties, DateTimeOffset now)
    {
        if (Read(properties) is null)
        {
            properties.Items[IdKey] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            properties.Items[TimeKey] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Reads the session from a cookie, or returns null if it has none.</summary>
    public static SignInSession? Read(AuthenticationProperties? properties)
        => properties is not null
            && properties.Items.TryGetValue(IdKey, out var id) && id is not null
            && properties.Items.TryGetValue(TimeKey, out var time) && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? new SignInSession(id, DateTimeOffset.FromUnixTimeSeconds(seconds))
                : null;
}
