using Microsoft.Identity.Client;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>MSAL's confidential client of one configuration, with the tokens of its one account. Used by one caller.</summary>
internal sealed class OutlookApplication
{
    private readonly IConfidentialClientApplication _application;
    private byte[] _tokens;

    public OutlookApplication(OutlookServerSettings settings, string clientSecret, OutlookHttp http, byte[] tokens)
    {
        _tokens = tokens;
        _application = ConfidentialClientApplicationBuilder.Create(settings.ClientId)
            .WithClientSecret(clientSecret)
            .WithAuthority(settings.Authority, validateAuthority: false)
            // It would ask the worldwide cloud about every other one. Which authorities there may be, the operator says.
            .WithInstanceDiscovery(false)
            .WithRedirectUri(settings.RedirectUri)
            .WithHttpClientFactory(http)
            .WithLegacyCacheCompatibility(false)
            .Build();
        _application.UserTokenCache.SetBeforeAccess(access => access.TokenCache.DeserializeMsalV3(_tokens, shouldClearExistingCache: true));
        _application.UserTokenCache.SetAfterAccess(access =>
        {
            if (access.HasStateChanged)
            {
                _tokens = access.TokenCache.SerializeMsalV3();
            }
        });
    }

    /// <summary>The token cache as it is now.</summary>
    public byte[] Tokens => _tokens;

    /// <summary>Where the browser signs in, and the code verifier (RFC 7636) of that.</summary>
    public async Task<(Uri Address, string Verifier)> BeginAsync(IEnumerable<string> scopes, string loginHint, string state, CancellationToken cancellationToken)
    {
        var address = await _application.GetAuthorizationRequestUrl(scopes)
            .WithPkce(out var verifier)
            .WithLoginHint(loginHint)
            .WithExtraQueryParameters(new Dictionary<string, (string, bool)> { ["state"] = (state, false) })
            .ExecuteAsync(cancellationToken);

        return (address, verifier);
    }

    /// <summary>Makes tokens of the code that the browser has brought.</summary>
    public Task<AuthenticationResult> RedeemAsync(IEnumerable<string> scopes, string code, string verifier, CancellationToken cancellationToken)
        => _application.AcquireTokenByAuthorizationCode(scopes, code).WithPkceCodeVerifier(verifier).ExecuteAsync(cancellationToken);

    /// <summary>An access token from the cache, or from Microsoft where it has expired or <paramref name="force"/> is set.</summary>
    public async Task<AuthenticationResult> AcquireAsync(IEnumerable<string> scopes, string accountId, bool force, CancellationToken cancellationToken)
    {
        var account = await _application.GetAccountAsync(accountId)
            ?? throw new MsalUiRequiredException(MsalError.UserNullError, "The token cache has no account.");

        return await _application.AcquireTokenSilent(scopes, account).WithForceRefresh(force).ExecuteAsync(cancellationToken);
    }
}
