using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Horilla.Testing.Cloud;

/// <summary>The sign-in page and the token endpoint.</summary>
public sealed class FakeEntra
{
    private static readonly string[] OpenIdScopes = ["openid", "profile", "offline_access"];
    private static readonly string[] GraphScopes = ["Mail.Send", "User.Read", "Mail.Send.Shared", "Mail.ReadWrite"];

    private readonly FakeMicrosoftCloud _owner;
    private readonly ConcurrentDictionary<string, IssuedTokens> _codes = new();
    private readonly ConcurrentDictionary<string, IssuedTokens> _refreshTokens = new();
    private readonly ConcurrentDictionary<string, IssuedTokens> _accessTokens = new();
    private readonly ConcurrentQueue<InjectedFailure> _failures = new();

    internal FakeEntra(FakeMicrosoftCloud owner) => _owner = owner;

    /// <summary>The registered redirect URIs of the Web platform.</summary>
    public ConcurrentDictionary<string, bool> RedirectUris { get; } = new();

    /// <summary>The lifetime of access tokens.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The query of each authorization request.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Authorizations { get; } = new();

    /// <summary>The grant types of the token requests that succeeded.</summary>
    public ConcurrentQueue<string> Grants { get; } = new();

    /// <summary>All tokens that it has issued, for tests that check for leaks. Authorization codes aren't included: they travel in URLs and are useless without the code verifier.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>Accepts a refresh token that an earlier run has issued.</summary>
    public void AddRefreshToken(FakeUser user, string token, IReadOnlyList<string> scopes)
    {
        user.Consented.UnionWith(scopes);
        _refreshTokens[token] = new IssuedTokens(user, scopes, RedirectUri: "", CodeChallenge: "", TimeProvider.System.GetUtcNow().AddDays(90));
    }

    /// <summary>Makes the next token request fail.</summary>
    public void FailNext(InjectedFailure failure) => _failures.Enqueue(failure);

    /// <summary>Makes the next token request fail with an Entra error.</summary>
    public void FailNext(string error, int code, int status = 400, string description = "Something is wrong.")
        => FailNext(new InjectedFailure(status, error, $"AADSTS{code}: {description}"));

    /// <summary>Revokes all access tokens of a user without telling the client.</summary>
    public void RevokeAccessTokens(FakeUser user)
    {
        foreach (var (token, _) in _accessTokens.Where(issued => issued.Value.User == user))
        {
            _accessTokens.TryRemove(token, out _);
        }
    }

    /// <summary>Signs a user in as a browser would and returns the URL that it is redirected to.</summary>
    public async Task<Uri> SignInAsync(string address, FakeUser user)
    {
        using var client = Client();
        using var page = await client.GetAsync(address);
        var text = await page.Content.ReadAsStringAsync();

        if (!page.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(text);
        }

        using var answer = await client.PostAsync(new Uri(_owner.Address, "sign-in" + new Uri(address).Query), new FormUrlEncodedContent([new("user", user.UserPrincipalName)]));

        return answer.Headers.Location ?? throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    internal IssuedTokens? Find(string accessToken)
        => _accessTokens.TryGetValue(accessToken, out var issued) && issued.Expires > TimeProvider.System.GetUtcNow() ? issued : null;

    internal void Map(WebApplication application)
    {
        application.MapGet("/{tenant}/oauth2/v2.0/authorize", AuthorizeAsync);
        application.MapPost("/sign-in", (Delegate)ConsentAsync);
        application.MapPost("/{tenant}/oauth2/v2.0/token", TokenAsync);
    }

    private static bool KnowsTenant(string tenant) => tenant is FakeMicrosoftCloud.TenantId or FakeMicrosoftCloud.TenantDomain or "common" or "organizations";

    private static string NewSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(48));

    private static HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true });

    private static IResult Page(string text) => Results.Content($"<!DOCTYPE html><html lang=\"en\"><head><title>Sign in</title></head><body><h1>Sign in</h1>{text}</body></html>", "text/html", Encoding.UTF8);

    private static IResult Refuse(int code, string text) => Results.Content($"AADSTS{code}: {text}", "text/plain", Encoding.UTF8, 400);

    /// <summary>Returns the error page for an invalid authorization request, or null if it is valid. Microsoft shows these errors itself and doesn't redirect.</summary>
    private IResult? Check(IQueryCollection query)
    {
        if (query["client_id"] != FakeMicrosoftCloud.ClientId)
        {
            return Refuse(700016, $"Application with identifier '{query["client_id"]}' was not found in the directory.");
        }

        if (!RedirectUris.ContainsKey(query["redirect_uri"].ToString()))
        {
            return Refuse(50011, $"The redirect URI '{query["redirect_uri"]}' specified in the request does not match the redirect URIs configured for the application.");
        }

        if (query["response_type"] != "code" || string.IsNullOrEmpty(query["state"]) || query["code_challenge_method"] != "S256" || query["code_challenge"].ToString().Length != 43)
        {
            return Refuse(900144, "The request body must contain response_type, state, code_challenge and code_challenge_method.");
        }

        var scopes = query["scope"].ToString().Split(' ');

        return scopes.FirstOrDefault(scope => !OpenIdScopes.Concat(GraphScopes).Contains(scope, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? Refuse(70011, $"The provided value for the input parameter 'scope' is not valid: {unknown}.")
            : null;
    }

    private async Task<IResult> AuthorizeAsync(string tenant, HttpContext context)
    {
        if (!KnowsTenant(tenant))
        {
            return Refuse(90002, $"Tenant '{tenant}' not found.");
        }

        if (Check(context.Request.Query) is { } refused)
        {
            return refused;
        }

        Authorizations.Enqueue(context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
        await Task.CompletedTask;
        var action = WebUtility.HtmlEncode("/sign-in" + context.Request.QueryString);
        var buttons = _owner.Users.Select(user => $"<form method=\"post\" action=\"{action}\"><button name=\"user\" value=\"{WebUtility.HtmlEncode(user.UserPrincipalName)}\">{WebUtility.HtmlEncode(user.UserPrincipalName)}</button></form>");

        return Page(string.Concat(buttons) + $"<form method=\"post\" action=\"{action}\"><button name=\"user\" value=\"\">Cancel</button></form>");
    }

    private async Task<IResult> ConsentAsync(HttpContext context)
    {
        var query = context.Request.Query;

        if (Check(query) is { } refused)
        {
            return refused;
        }

        var form = await context.Request.ReadFormAsync();
        var answer = new Dictionary<string, string?> { ["state"] = query["state"].ToString() };

        if (_owner.Users.FirstOrDefault(user => user.UserPrincipalName == form["user"]) is { } user)
        {
            var code = NewSecret();
            user.Consented.UnionWith(query["scope"].ToString().Split(' '));
            var redirectUri = query["redirect_uri"].ToString();
            _codes[code] = new IssuedTokens(user, [.. query["scope"].ToString().Split(' ')], redirectUri, query["code_challenge"].ToString(), TimeProvider.System.GetUtcNow().AddMinutes(10));
            answer["code"] = code;
            answer["session_state"] = Guid.NewGuid().ToString();
        }
        else
        {
            answer["error"] = "access_denied";
            answer["error_description"] = "AADSTS65004: User declined to consent to access the app.";
        }

        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), answer));
    }

    private async Task<IResult> TokenAsync(string tenant, HttpContext context)
    {
        if (_failures.TryDequeue(out var failure))
        {
            if (failure.Delay is { } delay)
            {
                await Task.Delay(delay, context.RequestAborted);
            }

            if (failure.Respond is { } own)
            {
                await own(context);

                return Results.Empty;
            }

            return Error(failure.Status, failure.Code, failure.Description);
        }

        var form = await context.Request.ReadFormAsync();

        if (!KnowsTenant(tenant))
        {
            return Error(400, "invalid_request", $"AADSTS90002: Tenant '{tenant}' not found.");
        }

        if (form["client_id"] != FakeMicrosoftCloud.ClientId)
        {
            return Error(400, "unauthorized_client", $"AADSTS700016: Application with identifier '{form["client_id"]}' was not found in the directory.");
        }

        if (form["client_secret"] != FakeMicrosoftCloud.ClientSecret)
        {
            return Error(401, "invalid_client", "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.");
        }

        return form["grant_type"].ToString() switch
        {
            "authorization_code" => RedeemCode(form),
            "refresh_token" => Refresh(form),
            var other => Error(400, "unsupported_grant_type", $"AADSTS70003: The app requested an unsupported grant type '{other}'."),
        };
    }

    private IResult RedeemCode(IFormCollection form)
    {
        if (!_codes.TryRemove(form["code"].ToString(), out var issued))
        {
            return Error(400, "invalid_grant", "AADSTS54005: OAuth2 Authorization code was already redeemed, please retry with a new valid code.");
        }

        if (issued.Expires < TimeProvider.System.GetUtcNow())
        {
            return Error(400, "invalid_grant", "AADSTS70008: The provided authorization code has expired.");
        }

        if (issued.RedirectUri != form["redirect_uri"])
        {
            return Error(400, "invalid_client", "AADSTS500112: The reply address does not match the reply address provided when requesting the authorization code.");
        }

        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));

        return challenge == issued.CodeChallenge
            ? Grant("authorization_code", issued, issued.Scopes)
            : Error(400, "invalid_grant", "AADSTS50148: The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.");
    }

    private IResult Refresh(IFormCollection form)
    {
        // A refresh token is valid once: a client that loses the next one has to sign in again.
        if (!_refreshTokens.TryRemove(form["refresh_token"].ToString(), out var issued))
        {
            return Error(400, "invalid_grant", "AADSTS70000: Provided grant is invalid or malformed.");
        }

        if (issued.Expires < TimeProvider.System.GetUtcNow() || !issued.Scopes.Contains("offline_access"))
        {
            return Error(400, "invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity.");
        }

        var scopes = form["scope"].ToString().Split(' ');

        return scopes.Except(OpenIdScopes).All(issued.User.Consented.Contains)
            ? Grant("refresh_token", issued, scopes)
            : Error(400, "invalid_grant", "AADSTS65001: The user or administrator has not consented to use the application.");
    }

    private IResult Grant(string grant, IssuedTokens issued, IReadOnlyList<string> scopes)
    {
        var (access, refresh) = (NewSecret(), NewSecret());
        var now = TimeProvider.System.GetUtcNow();
        var granted = scopes.Except(["offline_access"]).ToArray();
        _accessTokens[access] = issued with { Scopes = granted, Expires = now + AccessTokenLifetime };
        _refreshTokens[refresh] = issued with { Scopes = scopes, Expires = now.AddDays(90) };
        Secrets.Add(access);
        Secrets.Add(refresh);
        Grants.Enqueue(grant);

        return Results.Json(new Dictionary<string, object>
        {
            ["token_type"] = "Bearer",
            ["scope"] = string.Join(' ', granted),
            ["expires_in"] = (int)AccessTokenLifetime.TotalSeconds,
            ["ext_expires_in"] = (int)AccessTokenLifetime.TotalSeconds,
            ["access_token"] = access,
            ["refresh_token"] = refresh,
            ["id_token"] = IdToken(issued.User, now),
            ["client_info"] = Encode(new { uid = issued.User.ObjectId, utid = FakeMicrosoftCloud.TenantId }),
        });
    }

    private string IdToken(FakeUser user, DateTimeOffset now) => string.Join('.',
        Encode(new { typ = "JWT", alg = "RS256", kid = "stand-in" }),
        Encode(new
        {
            aud = FakeMicrosoftCloud.ClientId,
            iss = $"{_owner.Address}{FakeMicrosoftCloud.TenantId}/v2.0",
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = now.AddHours(1).ToUnixTimeSeconds(),
            name = user.UserPrincipalName,
            oid = user.ObjectId,
            preferred_username = user.UserPrincipalName,
            sub = user.ObjectId,
            tid = FakeMicrosoftCloud.TenantId,
            ver = "2.0",
        }),
        WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(256)));

    private static string Encode(object value) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(value));

    private static IResult Error(int status, string error, string description)
    {
        var code = description.StartsWith("AADSTS", StringComparison.Ordinal) ? int.Parse(description[6..description.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture) : 0;

        return Results.Json(
            new Dictionary<string, object>
            {
                ["error"] = error,
                ["error_description"] = $"{description} Trace ID: {Guid.NewGuid()} Correlation ID: {Guid.NewGuid()} Timestamp: 2030-01-01 00:00:00Z",
                ["error_codes"] = new[] { code },
                ["trace_id"] = Guid.NewGuid().ToString(),
                ["correlation_id"] = Guid.NewGuid().ToString(),
            },
            statusCode: status);
    }
}
