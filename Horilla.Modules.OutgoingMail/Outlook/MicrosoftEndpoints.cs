using System.Diagnostics.CodeAnalysis;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Parses endpoints that people type, in the v2.0 format that MSAL uses.</summary>
public static class MicrosoftEndpoints
{
    /// <summary>The path after the tenant in the authorization endpoint.</summary>
    public const string AuthorizePath = "/oauth2/v2.0/authorize";

    /// <summary>The path after the tenant in the token endpoint.</summary>
    public const string TokenPath = "/oauth2/v2.0/token";

    /// <summary>The path segments that MSAL interprets as another kind of authority, not as a tenant.</summary>
    private static readonly string[] NonTenantAuthorities = ["adfs", "tfp", "dstsv2"];

    /// <summary>Parses an authorization endpoint and returns its authority.</summary>
    public static bool TryParseAuthorizationEndpoint(string? text, [NotNullWhen(true)] out Uri? authority) => TryParseOAuthEndpoint(text, AuthorizePath, out authority);

    /// <summary>Parses a token endpoint and returns its authority.</summary>
    public static bool TryParseTokenEndpoint(string? text, [NotNullWhen(true)] out Uri? authority) => TryParseOAuthEndpoint(text, TokenPath, out authority);

    /// <summary>Parses both endpoints and returns the authority that they share.</summary>
    public static bool TryParseAuthority(string? authorization, string? token, [NotNullWhen(true)] out Uri? authority)
        => TryParseAuthorizationEndpoint(authorization, out authority) && TryParseTokenEndpoint(token, out var tokenAuthority) && tokenAuthority == authority;

    /// <summary>Parses an endpoint of Microsoft Graph: an https address with a version as its path, such as /v1.0.</summary>
    public static bool TryParseGraphEndpoint(string? text, [NotNullWhen(true)] out Uri? endpoint)
        => TryParseHttpsUri(text, out endpoint) && endpoint.Segments is [_, var version] && version.Length > 1 && !version.EndsWith('/');

    private static bool TryParseOAuthEndpoint(string? text, string path, [NotNullWhen(true)] out Uri? authority)
    {
        authority = null;

        if (!TryParseHttpsUri(text, out var endpoint) || !endpoint.AbsolutePath.EndsWith(path, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var tenant = endpoint.AbsolutePath[1..^path.Length];

        if (tenant.Length == 0 || tenant.Contains('/', StringComparison.Ordinal) || NonTenantAuthorities.Contains(tenant, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        authority = new Uri(endpoint, $"/{tenant}");

        return true;
    }

    private static bool TryParseHttpsUri(string? text, [NotNullWhen(true)] out Uri? uri)
        => Uri.TryCreate(text, UriKind.Absolute, out uri)
            && uri.Scheme == Uri.UriSchemeHttps
            && uri.UserInfo.Length == 0
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0;
}
