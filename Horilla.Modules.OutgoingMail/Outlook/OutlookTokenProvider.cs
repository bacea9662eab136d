using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Identity.Client;
using OrchardCore.Entities;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Provides access tokens and refreshes them. A refresh runs under a lock, one caller at a time across all nodes. It's stored
/// at once in its own transaction or, if the request has an open transaction, right after the request. Scoped.
/// </summary>
public sealed class OutlookTokenProvider(
    OutlookSignInStore signIns,
    OutlookMsalClientFactory clients,
    OutlookErrors errors,
    IDistributedLock locks,
    IClock clock)
{
    /// <summary>Slightly more than the remaining lifetime at which MSAL refreshes a token, so that MSAL never refreshes on its own.</summary>
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromMinutes(6);

    /// <summary>How long to wait for the lock before checking for cancellation, because acquiring the lock can't be cancelled.</summary>
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(1);

    /// <summary>Whether failures are recorded for the list. Not while settings are tested that aren't saved: the sign-in belongs to the saved ones.</summary>
    internal bool RecordsFailures { get; set; } = true;

    /// <summary>Returns an access token for a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="force">Whether to refresh the token even if it's still valid, and even if a new sign-in seemed necessary.</param>
    /// <param name="forLargeMessage">Whether the token is for a large message.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="DeliveryException">There is no token. The error says how to fix it, and is also recorded for the list.</exception>
    internal async Task<OutlookToken> AcquireAsync(OutgoingMailConfiguration configuration, bool force, bool forLargeMessage, CancellationToken cancellationToken)
    {
        var requestedUtc = clock.UtcNow;
        var signIn = await ReadAsync(configuration, force);
        var scopes = GetScopes(configuration, signIn, forLargeMessage);

        if (!force && IsFresh(signIn, scopes))
        {
            return await AcquireFromCacheAsync(configuration, signIn, scopes, cancellationToken);
        }

        await using var refreshLock = await LockAsync(configuration, cancellationToken);

        // The previous owner of the lock may have refreshed it.
        signIn = await ReadAsync(configuration, force);

        if (IsFresh(signIn, scopes) && (!force || signIn.RefreshedUtc > requestedUtc))
        {
            return await AcquireFromCacheAsync(configuration, signIn, scopes, cancellationToken);
        }

        try
        {
            return await RefreshAsync(configuration, signIn, scopes, cancellationToken);
        }
        catch (DeliveryException e) when (!force && e.Error.CanRetry && IsValid(signIn) && HasScopes(signIn, scopes))
        {
            // The refresh was early, so the current token can still be used.
            return await AcquireFromCacheAsync(configuration, signIn, scopes, cancellationToken);
        }
    }

    /// <summary>Refreshes the token of a configuration within its timeout, even if the token is still valid.</summary>
    /// <exception cref="DeliveryException">There is no new token, possibly because Microsoft didn't respond in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    internal async Task<OutlookToken> RefreshAsync(OutgoingMailConfiguration configuration, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(configuration.TimeoutSeconds));

        try
        {
            return await AcquireAsync(configuration, force: true, forLargeMessage: false, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(errors.Timeout(configuration, DeliveryStep.SignIn));
        }
    }

    /// <summary>Returns the address where the browser signs in for a configuration, and its code verifier.</summary>
    /// <exception cref="DeliveryException">The settings of the configuration don't allow a sign-in.</exception>
    internal Task<(Uri Address, string Verifier)> BeginAsync(OutgoingMailConfiguration configuration, OutlookMailbox mailbox, string loginHint, string state, CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        return clients.Create(configuration).BeginAsync(OutlookScopes.For(mailbox, settings.SendsLargeMails), loginHint, state, cancellationToken);
    }

    /// <summary>Exchanges a code for tokens, and stores them if the account is accepted.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="mailbox">How the Email Host Username relates to the account.</param>
    /// <param name="code">The authorization code.</param>
    /// <param name="verifier">The code verifier.</param>
    /// <param name="accept">Decides, by account name and access token, whether the account may sign in for the configuration. Returns how the Email Host Username relates to it, or null to reject it.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The name of the account, and whether it was accepted.</returns>
    /// <exception cref="DeliveryException">Microsoft issued no tokens.</exception>
    internal async Task<(string AccountName, bool Accepted)> RedeemAsync(
        OutgoingMailConfiguration configuration,
        OutlookMailbox mailbox,
        string code,
        string verifier,
        Func<string, string, Task<OutlookMailbox?>> accept,
        CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();
        var application = clients.Create(configuration);
        AuthenticationResult result;

        try
        {
            result = await application.RedeemAsync(OutlookScopes.For(mailbox, settings.SendsLargeMails), code, verifier, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DeliveryException(errors.FromSignInException(e, configuration, settings), e);
        }

        if (await accept(result.Account.Username, result.AccessToken) is not { } accepted)
        {
            return (result.Account.Username, false);
        }

        var signIn = new OutlookSignIn { ConfigurationId = configuration.ConfigurationId, TokenKey = OutlookSignIn.GetTokenKey(configuration), Mailbox = accepted };
        Update(signIn, application, result, configuration);
        await using var refreshLock = await LockAsync(configuration, cancellationToken);
        await signIns.StoreAsync(signIn, isNew: true);

        return (result.Account.Username, true);
    }

    /// <summary>Waits for the lock of a configuration. It expires later than any attempt that holds it.</summary>
    private async Task<ILocker> LockAsync(OutgoingMailConfiguration configuration, CancellationToken cancellationToken)
    {
        var expiration = TimeSpan.FromSeconds(configuration.TimeoutSeconds) + TimeSpan.FromMinutes(1);

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (locker, locked) = await locks.TryAcquireLockAsync($"OutgoingMail.Outlook:{configuration.ConfigurationId}", LockWait, expiration);

            if (locked)
            {
                return locker;
            }
        }
    }

    /// <summary>Returns the permissions to request. Once the permission for large messages was granted, every refresh includes it.</summary>
    private static IReadOnlyList<string> GetScopes(OutgoingMailConfiguration configuration, OutlookSignIn signIn, bool forLargeMessage)
        => OutlookScopes.For(signIn.Mailbox, forLargeMessage || (configuration.GetOrCreate<OutlookServerSettings>().SendsLargeMails && HasScopes(signIn, [OutlookScopes.LargeMails])));

    private static bool HasScopes(OutlookSignIn signIn, IEnumerable<string> scopes) => !scopes.Except(signIn.Scopes.Split(' '), StringComparer.OrdinalIgnoreCase).Any();

    private bool IsValid(OutlookSignIn signIn) => signIn.ExpiresUtc > clock.UtcNow + ExpiryMargin;

    /// <summary>Whether no refresh is due. One is due slightly before the time that Microsoft recommends, because MSAL would start its own refresh around then.</summary>
    private bool IsFresh(OutlookSignIn signIn, IEnumerable<string> scopes)
        => IsValid(signIn) && !(signIn.RefreshOnUtc - ExpiryMargin < clock.UtcNow) && HasScopes(signIn, scopes);

    private async Task<OutlookSignIn> ReadAsync(OutgoingMailConfiguration configuration, bool force)
    {
        var signIn = await signIns.FindLatestAsync(configuration.ConfigurationId);

        if (signIn is null || !signIn.IsFor(configuration))
        {
            throw new DeliveryException(errors.NotSignedIn(configuration));
        }

        return signIn.IsUsable || (force && signIn.ProtectedTokens.Length > 0) ? signIn : throw new DeliveryException(signIn.Problem ?? errors.NotSignedIn(configuration));
    }

    private async Task<OutlookToken> AcquireFromCacheAsync(OutgoingMailConfiguration configuration, OutlookSignIn signIn, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var application = clients.Open(configuration, signIn);
        var result = await AcquireAsync(configuration, () => application.AcquireAsync(scopes, signIn.AccountId, force: false, cancellationToken));

        if (result.AuthenticationResultMetadata.TokenSource != TokenSource.Cache)
        {
            // MSAL refreshed the token on its own: store it, or it would be lost.
            Update(signIn, application, result, configuration);
            await signIns.StoreAsync(signIn, isNew: false);
        }

        return new OutlookToken(result.AccessToken, signIn.AccountName, result.ExpiresOn.UtcDateTime);
    }

    private async Task<OutlookToken> RefreshAsync(OutgoingMailConfiguration configuration, OutlookSignIn signIn, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        try
        {
            var application = clients.Open(configuration, signIn);
            var result = await AcquireAsync(configuration, () => application.AcquireAsync(scopes, signIn.AccountId, force: true, cancellationToken));
            Update(signIn, application, result, configuration);
            await signIns.StoreAsync(signIn, isNew: false);

            return new OutlookToken(result.AccessToken, signIn.AccountName, signIn.ExpiresUtc);
        }
        catch (DeliveryException e) when (RecordsFailures && (!scopes.Contains(OutlookScopes.LargeMails) || HasScopes(signIn, [OutlookScopes.LargeMails])))
        {
            signIn.Problem = e.Error;
            signIn.NeedsSignIn = e.InnerException is MsalUiRequiredException;
            await signIns.StoreAsync(signIn, isNew: false);

            throw;
        }
        catch (OperationCanceledException) when (RecordsFailures)
        {
            // The caller has stopped waiting. Record why for the list, because the next message may fail in the same way.
            signIn.Problem = errors.Timeout(configuration, DeliveryStep.SignIn);
            await signIns.StoreAsync(signIn, isNew: false);

            throw;
        }
    }

    private async Task<AuthenticationResult> AcquireAsync(OutgoingMailConfiguration configuration, Func<Task<AuthenticationResult>> acquire)
    {
        try
        {
            return await acquire();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DeliveryException(errors.FromSignInException(e, configuration, configuration.GetOrCreate<OutlookServerSettings>()), e);
        }
    }

    private void Update(OutlookSignIn signIn, OutlookMsalClient application, AuthenticationResult result, OutgoingMailConfiguration configuration)
    {
        signIn.ProtectedTokens = clients.ProtectTokens(configuration, application);
        signIn.AccountId = result.Account.HomeAccountId.Identifier;
        signIn.AccountName = result.Account.Username;
        signIn.Scopes = string.Join(' ', result.Scopes);
        signIn.RefreshedUtc = clock.UtcNow;
        signIn.ExpiresUtc = result.ExpiresOn.UtcDateTime;
        signIn.RefreshOnUtc = result.AuthenticationResultMetadata.RefreshOn?.UtcDateTime;
        signIn.Problem = null;
        signIn.NeedsSignIn = false;
    }
}
