using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Gives out access tokens, and keeps them fresh. A refresh is made under a lock, by one caller at a time among all nodes,
/// and stored at once in a transaction of its own, or, where the request is writing itself, right after it. Scoped.
/// </summary>
public sealed class OutlookTokens(
    ISession session,
    SecretProtector secrets,
    OutlookHttp http,
    OutlookFailures failures,
    IDistributedLock locks,
    IClock clock,
    IOptions<OutlookOptions> options)
{
    /// <summary>A little more than what MSAL leaves of a token's life, so that MSAL never refreshes by itself.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(6);

    /// <summary>How long a lock is waited for at a time: the lock itself knows nothing of cancelling.</summary>
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(1);

    /// <summary>What this request has refreshed, and writes after its end.</summary>
    private readonly Dictionary<string, OutlookSignIn> _unwritten = [];

    /// <summary>What tokens are for: with another client, authority or user name they are of no use.</summary>
    public static string BindingOf(OutgoingMailConfiguration configuration)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        return string.Join('\n', settings.ClientId, settings.TenantId, settings.Authority?.AbsoluteUri, configuration.Username).ToLowerInvariant();
    }

    /// <summary>An access token for a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="force">Whether to refresh it even though it lasts, and even though only a new sign-in seemed to help.</param>
    /// <param name="largeMails">Whether it is for a large mail.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="DeliveryException">There is none, and the error says what to do. It is noted for the list too.</exception>
    internal async Task<OutlookToken> AcquireAsync(OutgoingMailConfiguration configuration, bool force, bool largeMails, CancellationToken cancellationToken)
    {
        var asked = clock.UtcNow;
        var signIn = await ReadAsync(configuration, force);
        var scopes = ScopesOf(configuration, signIn, largeMails);

        if (!force && IsFresh(signIn, scopes))
        {
            return await UseAsync(configuration, signIn, scopes, cancellationToken);
        }

        await using var held = await LockAsync(configuration, cancellationToken);

        // Whoever had the lock before may have done it.
        signIn = await ReadAsync(configuration, force);

        if (IsFresh(signIn, scopes) && (!force || signIn.RefreshedUtc > asked))
        {
            return await UseAsync(configuration, signIn, scopes, cancellationToken);
        }

        try
        {
            return await RefreshAsync(configuration, signIn, scopes, cancellationToken);
        }
        catch (DeliveryException e) when (!force && e.Error.CanRetry && Lasts(signIn) && Covers(signIn, scopes))
        {
            // It was refreshed ahead of need: the token that is there does as well.
            return await UseAsync(configuration, signIn, scopes, cancellationToken);
        }
    }

    /// <summary>Where the browser signs in for a configuration, and the code verifier of that.</summary>
    /// <exception cref="DeliveryException">The configuration does not allow it.</exception>
    internal Task<(Uri Address, string Verifier)> BeginAsync(OutgoingMailConfiguration configuration, OutlookMailbox mailbox, string loginHint, string state, CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        return Application(configuration, settings, []).BeginAsync(OutlookScopes.For(mailbox, settings.SendsLargeMails), loginHint, state, cancellationToken);
    }

    /// <summary>Makes tokens of a code, and stores them if the account is accepted.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="mailbox">What the Email Host Username is to the account.</param>
    /// <param name="code">The authorization code.</param>
    /// <param name="verifier">The code verifier.</param>
    /// <param name="accept">Whether the account, of this name and with this access token, may sign in for the configuration, and as what.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The name of the account, and whether it was accepted.</returns>
    /// <exception cref="DeliveryException">Microsoft gave no tokens for it.</exception>
    internal async Task<(string AccountName, bool Accepted)> RedeemAsync(
        OutgoingMailConfiguration configuration,
        OutlookMailbox mailbox,
        string code,
        string verifier,
        Func<string, string, Task<OutlookMailbox?>> accept,
        CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();
        var application = Application(configuration, settings, []);
        AuthenticationResult result;

        try
        {
            result = await application.RedeemAsync(OutlookScopes.For(mailbox, settings.SendsLargeMails), code, verifier, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DeliveryException(failures.SignIn(e, configuration, settings), e);
        }

        if (await accept(result.Account.Username, result.AccessToken) is not { } accepted)
        {
            return (result.Account.Username, false);
        }

        var signIn = new OutlookSignIn { ConfigurationId = configuration.ConfigurationId, Binding = BindingOf(configuration), Mailbox = accepted };
        Note(signIn, application, result, configuration);
        await using var held = await LockAsync(configuration, cancellationToken);
        await StoreAsync(signIn, isNew: true);

        return (result.Account.Username, true);
    }

    /// <summary>Waits for the lock of a configuration, which outlasts any attempt under it.</summary>
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

    /// <summary>What was granted for large mails once is asked for again with each refresh.</summary>
    private static IReadOnlyList<string> ScopesOf(OutgoingMailConfiguration configuration, OutlookSignIn signIn, bool largeMails)
        => OutlookScopes.For(signIn.Mailbox, largeMails || (configuration.GetOrCreate<OutlookServerSettings>().SendsLargeMails && Covers(signIn, [OutlookScopes.LargeMails])));

    private static bool Covers(OutlookSignIn signIn, IEnumerable<string> scopes) => !scopes.Except(signIn.Scopes.Split(' '), StringComparer.OrdinalIgnoreCase).Any();

    private bool Lasts(OutlookSignIn signIn) => signIn.ExpiresUtc > clock.UtcNow + Margin;

    /// <summary>A little before Microsoft would like it, for MSAL begins a refresh of its own around that time.</summary>
    private bool IsFresh(OutlookSignIn signIn, IEnumerable<string> scopes)
        => Lasts(signIn) && !(signIn.RefreshOnUtc - Margin < clock.UtcNow) && Covers(signIn, scopes);

    /// <summary>What is stored now, whatever this request has read before.</summary>
    private async Task<OutlookSignIn> ReadAsync(OutgoingMailConfiguration configuration, bool force)
    {
        await using var own = session.Store.CreateSession();
        var signIn = _unwritten.GetValueOrDefault(configuration.ConfigurationId) ?? await FindAsync(own, configuration.ConfigurationId);

        if (signIn is null || signIn.Binding != BindingOf(configuration))
        {
            throw new DeliveryException(failures.NotSignedIn(configuration));
        }

        return signIn.IsUsable || (force && signIn.ProtectedTokens.Length > 0) ? signIn : throw new DeliveryException(signIn.Problem ?? failures.NotSignedIn(configuration));
    }

    private async Task<OutlookToken> UseAsync(OutgoingMailConfiguration configuration, OutlookSignIn signIn, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var application = Open(configuration, signIn);
        var result = await AskAsync(configuration, () => application.AcquireAsync(scopes, signIn.AccountId, force: false, cancellationToken));

        if (result.AuthenticationResultMetadata.TokenSource != TokenSource.Cache)
        {
            // MSAL saw a need that was not seen here: what it got must not be lost.
            Note(signIn, application, result, configuration);
            await StoreAsync(signIn, isNew: false);
        }

        return new OutlookToken(result.AccessToken, signIn.AccountName, result.ExpiresOn.UtcDateTime);
    }

    private async Task<OutlookToken> RefreshAsync(OutgoingMailConfiguration configuration, OutlookSignIn signIn, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        try
        {
            var application = Open(configuration, signIn);
            var result = await AskAsync(configuration, () => application.AcquireAsync(scopes, signIn.AccountId, force: true, cancellationToken));
            Note(signIn, application, result, configuration);
            await StoreAsync(signIn, isNew: false);

            return new OutlookToken(result.AccessToken, signIn.AccountName, signIn.ExpiresUtc);
        }
        catch (DeliveryException e) when (!scopes.Contains(OutlookScopes.LargeMails) || Covers(signIn, [OutlookScopes.LargeMails]))
        {
            signIn.Problem = e.Error;
            signIn.NeedsSignIn = e.InnerException is MsalUiRequiredException;
            await StoreAsync(signIn, isNew: false);

            throw;
        }
        catch (OperationCanceledException)
        {
            // Whoever asked waits no longer. The list is to show why, for the next mail may fare no better.
            signIn.Problem = failures.Timeout(configuration, DeliveryStep.SignIn);
            await StoreAsync(signIn, isNew: false);

            throw;
        }
    }

    private OutlookApplication Open(OutgoingMailConfiguration configuration, OutlookSignIn signIn)
    {
        var tokens = Unprotect(configuration, OutlookSignIn.Tokens, signIn.ProtectedTokens);

        return Application(configuration, configuration.GetOrCreate<OutlookServerSettings>(), Convert.FromBase64String(tokens));
    }

    private async Task<AuthenticationResult> AskAsync(OutgoingMailConfiguration configuration, Func<Task<AuthenticationResult>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DeliveryException(failures.SignIn(e, configuration, configuration.GetOrCreate<OutlookServerSettings>()), e);
        }
    }

    private OutlookApplication Application(OutgoingMailConfiguration configuration, OutlookServerSettings settings, byte[] tokens)
    {
        if (settings.Authority is not { } authority || !options.Value.AllowsAuthority(authority))
        {
            throw new DeliveryException(failures.AuthorityIsNotAllowed(settings));
        }

        if (settings.ProtectedClientSecret is null)
        {
            throw new DeliveryException(failures.SecretIsMissing(configuration));
        }

        return new OutlookApplication(settings, Unprotect(configuration, OutlookServerSettings.ClientSecret, settings.ProtectedClientSecret), http, tokens);
    }

    private string Unprotect(OutgoingMailConfiguration configuration, string field, string payload)
    {
        try
        {
            return secrets.Unprotect(configuration.ConfigurationId, field, payload);
        }
        catch (CryptographicException e)
        {
            throw new DeliveryException(failures.SecretCannotBeRead(configuration, field), e);
        }
    }

    private void Note(OutlookSignIn signIn, OutlookApplication application, AuthenticationResult result, OutgoingMailConfiguration configuration)
    {
        signIn.ProtectedTokens = secrets.Protect(configuration.ConfigurationId, OutlookSignIn.Tokens, Convert.ToBase64String(application.Tokens));
        signIn.AccountId = result.Account.HomeAccountId.Identifier;
        signIn.AccountName = result.Account.Username;
        signIn.Scopes = string.Join(' ', result.Scopes);
        signIn.RefreshedUtc = clock.UtcNow;
        signIn.ExpiresUtc = result.ExpiresOn.UtcDateTime;
        signIn.RefreshOnUtc = result.AuthenticationResultMetadata.RefreshOn?.UtcDateTime;
        signIn.Problem = null;
        signIn.NeedsSignIn = false;
    }

    private async Task StoreAsync(OutlookSignIn signIn, bool isNew)
    {
        if (session.CurrentTransaction is null)
        {
            await using var own = session.Store.CreateSession();
            await StoreAsync(own, signIn, isNew);
            await own.SaveChangesAsync();
        }
        else
        {
            // The request is about to write itself, and not every database takes two writers at once.
            _unwritten[signIn.ConfigurationId] = signIn;
            ShellScope.AddDeferredTask(scope => StoreAsync(scope.ServiceProvider.GetRequiredService<ISession>(), signIn, isNew));
        }
    }

    private static async Task StoreAsync(ISession own, OutlookSignIn signIn, bool isNew)
    {
        if (await FindAsync(own, signIn.ConfigurationId) is { } stored)
        {
            own.Delete(stored);
        }
        else if (!isNew || await own.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.ConfigurationId == signIn.ConfigurationId).FirstOrDefaultAsync() is null)
        {
            // Forgotten meanwhile, or its server deleted: it stays so.
            return;
        }

        signIn.Id = 0;
        await own.SaveAsync(signIn);
    }

    private static async Task<OutlookSignIn?> FindAsync(ISession own, string configurationId)
        => await own.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId == configurationId).FirstOrDefaultAsync();
}
