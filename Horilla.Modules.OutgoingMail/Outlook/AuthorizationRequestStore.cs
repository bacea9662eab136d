using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;
using YesSql;
using ISession = YesSql.ISession;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Stores authorization requests until their callback. Their state can be used once, within ten minutes, by the user and in the
/// browser that sent the request. Scoped.
/// </summary>
public sealed class AuthorizationRequestStore(
    ISession session,
    SecretProtector secrets,
    AuthorizationErrors errors,
    IDistributedLock locks,
    IClock clock,
    IHttpContextAccessor httpContextAccessor)
{
    private const string CookieName = "horilla_outlook_";
    private const int RandomBytes = 32;

    private HttpContext Http => httpContextAccessor.HttpContext ?? throw new InvalidOperationException("A sign-in requires an HTTP request.");

    /// <summary>Returns a random state.</summary>
    public static string GenerateState() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Stores a request, and binds it to the user and the browser with a cookie. Expired requests are deleted.</summary>
    /// <param name="configuration">The configuration to sign in for.</param>
    /// <param name="state">The state of the request.</param>
    /// <param name="verifier">Its code verifier.</param>
    /// <param name="confirmedAccount">The other account that was confirmed for the Email Host Username, or an empty string.</param>
    /// <param name="mailbox">How the Email Host Username relates to that account.</param>
    public async Task AddAsync(OutgoingMailConfiguration configuration, string state, string verifier, string confirmedAccount, OutlookMailbox mailbox)
    {
        await DeleteExpiredAsync();
        await session.SaveAsync(new AuthorizationRequest
        {
            StateHash = Hash(state),
            BrowserHash = Hash(SetBrowserCookie(state)),
            UserId = GetUserId(),
            ConfigurationId = configuration.ConfigurationId,
            TokenKey = OutlookSignIn.GetTokenKey(configuration),
            ProtectedVerifier = secrets.Protect(configuration.ConfigurationId, AuthorizationRequest.Verifier, verifier),
            ConfirmedAccount = confirmedAccount,
            Mailbox = confirmedAccount.Length > 0 ? mailbox : OutlookMailbox.Own,
            ExpiresUtc = clock.UtcNow + AuthorizationRequest.Lifetime,
        });
    }

    /// <summary>Uses up a state, which is valid only once. If it belongs to another user or browser, it stays valid there.</summary>
    /// <returns>The request, or why the state isn't accepted.</returns>
    public async Task<(AuthorizationRequest? Request, OutgoingMailError? Error)> ConsumeAsync(string? state)
    {
        if (string.IsNullOrEmpty(state))
        {
            return (null, errors.StateInvalid());
        }

        var hash = Hash(state);
        await using var stateLock = await locks.AcquireLockAsync($"OutgoingMail.Outlook.State:{hash}", TimeSpan.FromMinutes(1));
        await using var newSession = session.Store.CreateSession();

        if (await newSession.Query<AuthorizationRequest, PendingSignInIndex>(index => index.StateHash == hash).FirstOrDefaultAsync() is not { } request)
        {
            return (null, errors.StateInvalid());
        }

        if (request.UserId != GetUserId())
        {
            return (null, errors.OtherUser());
        }

        if (!Http.Request.Cookies.TryGetValue(GetCookieName(state), out var browser) || request.BrowserHash != Hash(browser))
        {
            return (null, errors.OtherBrowser());
        }

        newSession.Delete(request);
        await newSession.SaveChangesAsync();
        Http.Response.Cookies.Delete(GetCookieName(state), new CookieOptions { Path = Http.Request.PathBase + OutlookCallbackAddress.Path });

        return request.ExpiresUtc < clock.UtcNow ? (null, errors.StateInvalid()) : (request, null);
    }

    /// <summary>Returns the code verifier of a request, or null if the keys that it was protected with are missing.</summary>
    public string? GetVerifier(AuthorizationRequest request)
    {
        try
        {
            return secrets.Unprotect(request.ConfigurationId, AuthorizationRequest.Verifier, request.ProtectedVerifier);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Each sign-in has its own cookie, because several may be in progress in one browser.</summary>
    private static string GetCookieName(string state) => CookieName + Hash(state)[..16];

    private async Task DeleteExpiredAsync()
    {
        var now = clock.UtcNow;

        foreach (var expired in await session.Query<AuthorizationRequest, PendingSignInIndex>(index => index.ExpiresUtc < now).ListAsync())
        {
            session.Delete(expired);
        }
    }

    /// <summary>Marks this browser with a cookie for this sign-in that only the callback receives. Returns the cookie's value.</summary>
    private string SetBrowserCookie(string state)
    {
        var cookieValue = GenerateState();

        Http.Response.Cookies.Append(GetCookieName(state), cookieValue, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = AuthorizationRequest.Lifetime,
            Path = Http.Request.PathBase + OutlookCallbackAddress.Path,
            SameSite = SameSiteMode.Lax,
            Secure = Http.Request.IsHttps,
        });

        return cookieValue;
    }

    private string GetUserId() => Http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
