using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Entities;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Signs an account in with authorization code, PKCE and state (RFC 6749 section 4.1, RFC 7636). Scoped.</summary>
public sealed class OutlookSignInFlow(
    ISession session,
    OutgoingMailConfigurationManager configurations,
    OutlookTokenProvider tokens,
    OutlookProfileReader profile,
    AuthorizationRequestStore requests,
    OutlookErrors errors,
    AuthorizationErrors authorizationErrors)
{
    /// <summary>Starts a sign-in.</summary>
    /// <param name="configuration">The configuration to sign in for.</param>
    /// <param name="account">Another account that was confirmed for the Email Host Username, or null if there is none.</param>
    /// <param name="mailbox">How the Email Host Username relates to that account.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The address to redirect the browser to.</returns>
    /// <exception cref="DeliveryException">The settings of the configuration don't allow a sign-in.</exception>
    public async Task<Uri> BeginAsync(OutgoingMailConfiguration configuration, string? account, OutlookMailbox mailbox, CancellationToken cancellationToken)
    {
        var state = AuthorizationRequestStore.GenerateState();
        var confirmedAccount = mailbox == OutlookMailbox.Own ? "" : account?.Trim() ?? "";
        var (address, verifier) = await tokens.BeginAsync(configuration, mailbox, confirmedAccount.Length > 0 ? confirmedAccount : configuration.Username, state, cancellationToken);
        await requests.AddAsync(configuration, state, verifier, confirmedAccount, mailbox);

        return address;
    }

    /// <summary>Completes a sign-in with the parameters of the redirect from Microsoft.</summary>
    public async Task<SignInOutcome> CompleteAsync(string? state, string? code, string? error, string? errorDescription, CancellationToken cancellationToken)
    {
        var (request, stateError) = await requests.ConsumeAsync(state);

        if (request is null)
        {
            return new SignInOutcome { Error = stateError };
        }

        if (await configurations.FindAsync(request.ConfigurationId) is not { Type: OutlookServerType.TechnicalName } configuration)
        {
            return Failed(null, authorizationErrors.ConfigurationDeleted());
        }

        if (request.TokenKey != OutlookSignIn.GetTokenKey(configuration))
        {
            return Failed(configuration, authorizationErrors.ConfigurationChanged());
        }

        if (!string.IsNullOrEmpty(error) || string.IsNullOrEmpty(code))
        {
            var entraError = errors.FromEntraError(EntraErrorCodes.Find(errorDescription), error ?? "", configuration, configuration.GetOrCreate<OutlookServerSettings>());

            return Failed(configuration, entraError with { ServerResponse = FormatErrorCode(error, errorDescription) });
        }

        await session.CommitAndReleaseConnectionAsync();

        return await RedeemAsync(configuration, request, code, cancellationToken);
    }

    private static SignInOutcome Failed(OutgoingMailConfiguration? configuration, OutgoingMailError? error) => new() { Configuration = configuration, Error = error };

    /// <summary>Returns only the code of an error: the description comes from a link that anyone can forge.</summary>
    private static string? FormatErrorCode(string? error, string? description)
    {
        var known = error is { Length: > 0 and <= 64 } && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? error : null;

        return EntraErrorCodes.Find(description) is { } number ? $"{known} AADSTS{number}".Trim() : known;
    }

    private async Task<SignInOutcome> RedeemAsync(OutgoingMailConfiguration configuration, AuthorizationRequest request, string code, CancellationToken cancellationToken)
    {
        if (requests.GetVerifier(request) is not { } verifier)
        {
            return Failed(configuration, authorizationErrors.StateInvalid());
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(configuration.TimeoutSeconds));

        try
        {
            var (account, isAccepted) = await tokens.RedeemAsync(configuration, request.Mailbox, code, verifier, AcceptAsync, timeout.Token);

            return new SignInOutcome { Configuration = configuration, AccountName = account, IsSignedIn = isAccepted };
        }
        catch (DeliveryException e)
        {
            return Failed(configuration, e.Error);
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

            if (string.Equals(account, request.ConfirmedAccount, StringComparison.OrdinalIgnoreCase))
            {
                return request.Mailbox;
            }

            // The sign-in name of an account can differ from the address of its mailbox.
            return await profile.IsAccountAddressAsync(configuration, accessToken, configuration.Username, timeout.Token) ? OutlookMailbox.Own : null;
        }
    }
}
