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
/// The sign-in of an account by authorization code, PKCE and state (RFC 6749 section 4.1, RFC 7636). A state is used once,
/// within ten minutes, by the user who began and in the browser that began. Scoped.
/// </summary>
public sealed class OutlookSignInFlow(
    ISession session,
    ConfigurationManager configurations,
    OutlookTokens tokens,
    OutlookProfile profile,
    OutlookFailures failures,
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

    private HttpContext Http => httpContextAccessor.HttpContext ?? throw new InvalidOperationException("A sign-in takes a request.");

    /// <summary>Begins a sign-in.</summary>
    /// <param name="configuration">What it is for.</param>
    /// <param name="account">Another account that was confirmed for the Email Host Username; null for none.</param>
    /// <param name="mailbox">What the Email Host Username is to that account.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Where the browser has to go.</returns>
    /// <exception cref="DeliveryException">The configuration does not allow it.</exception>
    public async Task<Uri> BeginAsync(OutgoingMailConfiguration configuration, string? account, OutlookMailbox mailbox, CancellationToken cancellationToken)
    {
        var state = NewSecret();
        var confirmed = mailbox == OutlookMailbox.Own ? "" : account?.Trim() ?? "";
        var (address, verifier) = await tokens.BeginAsync(configuration, mailbox, confirmed.Length > 0 ? confirmed : configuration.Username, state, cancellationToken);

        await ForgetExpiredAsync();
        await session.SaveAsync(new PendingSignIn
        {
            StateHash = Hash(state),
            BrowserHash = Hash(MarkBrowser(state)),
            UserId = UserId(),
            ConfigurationId = configuration.ConfigurationId,
            Binding = OutlookTokens.BindingOf(configuration),
            ProtectedVerifier = secrets.Protect(configuration.ConfigurationId, PendingSignIn.Verifier, verifier),
            ConfirmedAccount = confirmed,
            Mailbox = confirmed.Length > 0 ? mailbox : OutlookMailbox.Own,
            ExpiresUtc = clock.UtcNow + Lifetime,
        });

        return address;
    }

    /// <summary>Ends a sign-in by what Microsoft has sent the browser back with.</summary>
    public async Task<SignInOutcome> EndAsync(string? state, string? code, string? error, string? errorDescription, CancellationToken cancellationToken)
    {
        var (pending, problem) = await UseAsync(state);

        if (pending is null)
        {
            return new SignInOutcome { Error = problem };
        }

        if (await configurations.FindAsync(pending.ConfigurationId) is not { Type: OutlookServerType.TechnicalName } configuration)
        {
            return Failed(null, Error("outlook-configuration-gone", S["The mail server that this sign-in was for has been deleted."], S["Create it anew, if it is still wanted."]));
        }

        if (pending.Binding != OutlookTokens.BindingOf(configuration))
        {
            return Failed(configuration, Error("outlook-configuration-changed", S["The mail server was changed while you signed in."], S["Press Login Outlook once more."]));
        }

        if (!string.IsNullOrEmpty(error) || string.IsNullOrEmpty(code))
        {
            var refused = failures.Refused(EntraError.CodeIn(errorDescription), error ?? "", configuration, configuration.GetOrCreate<OutlookServerSettings>());

            return Failed(configuration, refused with { ServerResponse = Said(error, errorDescription) });
        }

        await session.ReleaseConnectionAsync();

        return await RedeemAsync(configuration, pending, code, cancellationToken);
    }

    private static string NewSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Two sign-ins may be under way in one browser.</summary>
    private static string CookieOf(string state) => CookieName + Hash(state)[..16];

    private static SignInOutcome Failed(OutgoingMailConfiguration? configuration, OutgoingMailError error) => new() { Configuration = configuration, Error = error };

    /// <summary>The code of an error, and no more: its description comes by a link that anybody can make.</summary>
    private static string? Said(string? error, string? description)
    {
        var known = error is { Length: > 0 and <= 64 } && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? error : null;

        return EntraError.CodeIn(description) is { } number ? $"{known} AADSTS{number}".Trim() : known;
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(configuration.TimeoutSeconds));

        try
        {
            var verifier = secrets.Unprotect(configuration.ConfigurationId, PendingSignIn.Verifier, pending.ProtectedVerifier);
            var (account, isAccepted) = await tokens.RedeemAsync(configuration, pending.Mailbox, code, verifier, AcceptAsync, limit.Token);

            return new SignInOutcome { Configuration = configuration, AccountName = account, IsSignedIn = isAccepted };
        }
        catch (DeliveryException e)
        {
            return Failed(configuration, e.Error);
        }
        catch (CryptographicException)
        {
            return Failed(configuration, Unknown());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(configuration, failures.Timeout(configuration, DeliveryStep.SignIn));
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

            // The name to sign in with and the address of the mailbox are not the same everywhere.
            return await profile.HasAddressAsync(configuration, accessToken, configuration.Username, limit.Token) ? OutlookMailbox.Own : null;
        }
    }

    /// <summary>Takes the state out of the store, for this is its one use; unless it is none of this user's in this browser, which changes nothing.</summary>
    private async Task<(PendingSignIn? Pending, OutgoingMailError? Problem)> UseAsync(string? state)
    {
        if (string.IsNullOrEmpty(state))
        {
            return (null, Unknown());
        }

        var hash = Hash(state);
        await using var held = await locks.AcquireLockAsync($"OutgoingMail.Outlook.State:{hash}", TimeSpan.FromMinutes(1));
        await using var own = session.Store.CreateSession();

        if (await own.Query<PendingSignIn, PendingSignInIndex>(index => index.StateHash == hash).FirstOrDefaultAsync() is not { } pending)
        {
            return (null, Unknown());
        }

        if (pending.UserId != UserId())
        {
            return (null, Error("outlook-other-user", S["Another user began this sign-in."], S["Sign in to this site as that user, or press Login Outlook yourself."]));
        }

        if (!Http.Request.Cookies.TryGetValue(CookieOf(state), out var browser) || pending.BrowserHash != Hash(browser))
        {
            return (null, Error("outlook-other-browser", S["This sign-in was begun in another browser."], S["Go on in that browser, or press Login Outlook in this one."]));
        }

        own.Delete(pending);
        await own.SaveChangesAsync();
        Http.Response.Cookies.Delete(CookieOf(state), new CookieOptions { Path = Http.Request.PathBase + OutlookCallbackAddress.Path });

        return pending.ExpiresUtc < clock.UtcNow ? (null, Unknown()) : (pending, null);
    }

    private OutgoingMailError Unknown() => Error(
        "outlook-state-unknown",
        S["This sign-in is not known any more: it was used already, or it took longer than {0} minutes.", (int)Lifetime.TotalMinutes],
        S["Press Login Outlook in the list of mail servers to begin anew."]);

    private async Task ForgetExpiredAsync()
    {
        var now = clock.UtcNow;

        foreach (var expired in await session.Query<PendingSignIn, PendingSignInIndex>(index => index.ExpiresUtc < now).ListAsync())
        {
            session.Delete(expired);
        }
    }

    /// <summary>Tells this browser from others, by a cookie for this one sign-in, that only the callback gets.</summary>
    private string MarkBrowser(string state)
    {
        var mark = NewSecret();

        Http.Response.Cookies.Append(CookieOf(state), mark, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = Http.Request.PathBase + OutlookCallbackAddress.Path,
            SameSite = SameSiteMode.Lax,
            Secure = Http.Request.IsHttps,
        });

        return mark;
    }

    private string UserId() => Http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
