using Microsoft.Identity.Client;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>MSAL's confidential client for one configuration, with the tokens of its account. Used by one caller.</summary>
internal sealed class OutlookMsalClient
{
    private readonly IConfidentialClientApplication _application;
    private byte[] _tokens;

    public OutlookMsalClient(OutlookServerSettings settings, string clientSecret, OutlookHttpClientFactory http, byte[] tokens)
    {
        _tokens = tokens;
        _application = ConfidentialClientApplicationBuilder.Create(settings.ClientId)
            .WithClientSecret(clientSecret)
            .WithAuthority(settings.Authority, validateAuthority: false)
            // Instance discovery would ask the worldwide cloud about the other clouds. The operator decides which authorities are allowed.
            .WithInstanceDiscovery(false)
            .WithRedirectUri(settings.RedirectUri)
            .WithHttpClientFactory(new HttpClientFactory(http))
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

    /// <summary>The current token cache.</summary>
    public byte[] Tokens => _tokens;

    /// <summary>Returns the address where the browser signs in, and its code verifier (RFC 7636).</summary>
    public async Task<(Uri Address, string Verifier)> BeginAsync(IEnumerable<string> scopes, string loginHint, string state, CancellationToken cancellationToken)
    {
        var address = await _application.GetAuthorizationRequestUrl(scopes)
            .WithPkce(out var verifier)
            .WithLoginHint(loginHint)
            .WithExtraQueryParameters(new Dictionary<string, (string, bool)> { ["state"] = (state, false) })
            .ExecuteAsync(cancellationToken);

        return (address, verifier);
    }

    /// <summary>Exchanges the code that the browser received for tokens.</summary>
    public Task<AuthenticationResult> RedeemAsync(IEnumerable<string> scopes, string code, string verifier, CancellationToken cancellationToken)
        => _application.AcquireTokenByAuthorizationCode(scopes, code).WithPkceCodeVerifier(verifier).ExecuteAsync(cancellationToken);

    /// <summary>Returns an access token from the cache, or from Microsoft if it has expired or <paramref name="force"/> is set.</summary>
    public async Task<AuthenticationResult> AcquireAsync(IEnumerable<string> scopes, string accountId, bool force, CancellationToken cancellationToken)
    {
        var account = await _application.GetAccountAsync(accountId)
            ?? throw new MsalUiRequiredException(MsalError.UserNullError, "The token cache has no account.");

        return await _application.AcquireTokenSilent(scopes, account).WithForceRefresh(force).ExecuteAsync(cancellationToken);
    }

    private sealed class HttpClientFactory(OutlookHttpClientFactory http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http.GetSignInClient();
    }
}
