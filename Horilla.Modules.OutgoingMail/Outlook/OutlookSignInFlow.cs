using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;
using YesSql;
using ISession = YesSql.ISession;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Signs an account in with authorization code, PKCE and state (RFC 6749 section 4.1, RFC 7636). A state can be used once,
/// within ten minutes, by the user and in the browser that started the sign-in. Scoped.
/// </summary>
public sealed class OutlookSignInFlow(
    ISession session,
    OutgoingMailConfigurationManager configurations,
    OutlookTokenProvider tokens,
    OutlookProfileReader profile,
    OutlookErrors errors,
    SecretProtector secrets,
    IDistributedLock locks,
    IClock clock,
    IHttpContextAccessor httpContextAccessor,
    IStringLocalizer<OutlookSignInFlow> stringLocalizer)
{
    private const string CookieName = "horilla_outlook_";
    private const int RandomBytes = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IStringLocalizer S = stringLocalizer;

    private HttpContext Http => httpContextAccessor.HttpContext ?? throw new InvalidOperationException("A sign-in requires an HTTP request.");

    /// <summary>Starts a sign-in.</summary>
    /// <param name="configuration">The configuration to sign in for.</param>
    /// <param name="account">Another account that was confirmed for the Email Host Username, or null if there is none.</param>
    /// <param name="mailbox">How the Email Host Username relates to that account.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The address to redirect the browser to.</returns>
    /// <exception cref="DeliveryException">The settings of the configuration don't allow a sign-in.</exception>
    public async Task<Uri> BeginAsync(OutgoingMailConfiguration configuration, string? account, OutlookMailbox mailbox, CancellationToken cancellationToken)
    {
        var state = GenerateSecret();
        var confirmedAccount = mailbox == OutlookMailbox.Own ? "" : account?.Trim() ?? "";
        var (address, verifier) = await tokens.BeginAsync(configuration, mailbox, confirmedAccount.Length > 0 ? confirmedAccount : configuration.Username, state, cancellationToken);

        await DeleteExpiredAsync();
        await session.SaveAsync(new PendingSignIn
        {
            StateHash = Hash(state),
            BrowserHash = Hash(SetBrowserCookie(state)),
            UserId = GetUserId(),
            ConfigurationId = configuration.ConfigurationId,
            Binding = OutlookTokenProvider.GetTokenKey(configuration),
            ProtectedVerifier = secrets.Protect(configuration.ConfigurationId, PendingSignIn.Verifier, verifier),
            ConfirmedAccount = confirmedAccount,
            Mailbox = confirmedAccount.Length > 0 ? mailbox : OutlookMailbox.Own,
            ExpiresUtc = clock.UtcNow + Lifetime,
        });

        return address;
    }

    /// <summary>Completes a sign-in with the parameters of the redirect from Microsoft.</summary>
    public async Task<SignInOutcome> CompleteAsync(string? state, string? code, string? error, string? errorDescription, CancellationToken cancellationToken)
    {
        var (pending, problem) = await ConsumeStateAsync(state);

        if (pending is null)
        {
            return new SignInOutcome { Error = problem };
        }

        if (await configurations.FindAsync(pending.ConfigurationId) is not { Type: OutlookServerType.TechnicalName } configuration)
        {
            return Failed(null, Error("outlook-configuration-gone", S["The mail server that this sign-in was for has been deleted."], S["Create it again if you still need it."]));
        }

        if (pending.Binding != OutlookTokenProvider.GetTokenKey(configuration))
        {
            return Failed(configuration, Error("outlook-configuration-changed", S["The mail server was changed while you were signing in."], S["Press Login Outlook again."]));
        }

        if (!string.IsNullOrEmpty(error) || string.IsNullOrEmpty(code))
        {
            var entraError = errors.FromEntraError(EntraErrorCodes.Find(errorDescription), error ?? "", configuration, configuration.GetOrCreate<OutlookServerSettings>());

            return Failed(configuration, entraError with { ServerResponse = FormatErrorCode(error, errorDescription) });
        }

        await session.CommitAndReleaseConnectionAsync();

        return await RedeemAsync(configuration, pending, code, cancellationToken);
    }

    private static string GenerateSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Each sign-in has its own cookie, because several may be in progress in one browser.</summary>
    private static string GetCookieName(string state) => CookieName + Hash(state)[..16];

    private static SignInOutcome Failed(OutgoingMailConfiguration? configuration, OutgoingMailError error) => new() { Configuration = configuration, Error = error };

    /// <summary>Returns only the code of an error: the description comes from a link that anyone can forge.</summary>
    private static string? FormatErrorCode(string? error, string? description)
    {
        var known = error is { Length: > 0 and <= 64 } && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? error : null;

        return EntraErrorCodes.Find(description) is { } number ? $"{known} AADSTS{number}".Trim() : known;
    }

    private static OutgoingMailError Error(string code, LocalizedString message, LocalizedString nextStep) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = code,
        Message = message,
        NextStep = nextStep,
    };

    private async Task<SignInOutcome> RedeemAsync(OutgoingMailConfiguration configuration, PendingSignIn pending, string code, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(configuration.TimeoutSeconds));

        try
        {
            var verifier = secrets.Unprotect(configuration.ConfigurationId, PendingSignIn.Verifier, pending.ProtectedVerifier);
            var (account, isAccepted) = await tokens.RedeemAsync(configuration, pending.Mailbox, code, verifier, AcceptAsync, timeout.Token);

            return new SignInOutcome { Configuration = configuration, AccountName = account, IsSignedIn = isAccepted };
        }
        catch (DeliveryException e)
        {
            return Failed(configuration, e.Error);
        }
        catch (CryptographicException)
        {
            return Failed(configuration, StateInvalid());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(configuration, errors.Timeout(configuration, DeliveryStep.SignIn));
        }

        async Task<OutlookMailbox?> AcceptAsync(string account, string accessToken)
        {
            if (string.Equals(account, configuration.Username, StringComparison.OrdinalIgnoreCase))
            {
                return OutlookMailbox.Own;
            }

            if (string.Equals(account, pending.ConfirmedAccount, StringComparison.OrdinalIgnoreCase))
            {
                return pending.Mailbox;
            }

            // The sign-in name of an account can differ from the address of its mailbox.
            return await profile.IsAccountAddressAsync(configuration, accessToken, configuration.Username, timeout.Token) ? OutlookMailbox.Own : null;
        }
    }

    /// <summary>Uses up the state, which is valid only once. If it belongs to another user or browser, it stays valid there.</summary>
    private async Task<(PendingSignIn? Pending, OutgoingMailError? Problem)> ConsumeStateAsync(string? state)
    {
        if (string.IsNullOrEmpty(state))
        {
            return (null, StateInvalid());
        }

        var hash = Hash(state);
        await using var stateLock = await locks.AcquireLockAsync($"OutgoingMail.Outlook.State:{hash}", TimeSpan.FromMinutes(1));
        await using var newSession = session.Store.CreateSession();

        if (await newSession.Query<PendingSignIn, PendingSignInIndex>(index => index.StateHash == hash).FirstOrDefaultAsync() is not { } pending)
        {
            return (null, StateInvalid());
        }

        if (pending.UserId != GetUserId())
        {
            return (null, Error("outlook-other-user", S["Another user started this sign-in."], S["Sign in to this site as that user, or press Login Outlook yourself."]));
        }

        if (!Http.Request.Cookies.TryGetValue(GetCookieName(state), out var browser) || pending.BrowserHash != Hash(browser))
        {
            return (null, Error("outlook-other-browser", S["This sign-in was started in another browser."], S["Continue in that browser, or press Login Outlook in this one."]));
        }

        newSession.Delete(pending);
        await newSession.SaveChangesAsync();
        Http.Response.Cookies.Delete(GetCookieName(state), new CookieOptions { Path = Http.Request.PathBase + OutlookCallbackAddress.Path });

        return pending.ExpiresUtc < clock.UtcNow ? (null, StateInvalid()) : (pending, null);
    }

    private OutgoingMailError StateInvalid() => Error(
        "outlook-state-unknown",
        S["This sign-in is no longer valid: it was already used, or it took longer than {0} minutes.", (int)Lifetime.TotalMinutes],
        S["Press Login Outlook in the list of mail servers to start again."]);

    private async Task DeleteExpiredAsync()
    {
        var now = clock.UtcNow;

        foreach (var expired in await session.Query<PendingSignIn, PendingSignInIndex>(index => index.ExpiresUtc < now).ListAsync())
        {
            session.Delete(expired);
        }
    }

    /// <summary>Marks this browser with a cookie for this sign-in that only the callback receives. Returns the cookie's value.</summary>
    private string SetBrowserCookie(string state)
    {
        var cookieValue = GenerateSecret();

        Http.Response.Cookies.Append(GetCookieName(state), cookieValue, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = Http.Request.PathBase + OutlookCallbackAddress.Path,
            SameSite = SameSiteMode.Lax,
            Secure = Http.Request.IsHttps,
        });

        return cookieValue;
    }

    private string GetUserId() => Http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
