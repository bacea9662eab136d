using System.Diagnostics.CodeAnalysis;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads the endpoints that people type, in the shape of version 2.0 that MSAL builds them in.</summary>
public static class MicrosoftEndpoints
{
    /// <summary>What follows the tenant in the authorization endpoint.</summary>
    public const string AuthorizePath = "/oauth2/v2.0/authorize";

    /// <summary>What follows the tenant in the token endpoint.</summary>
    public const string TokenPath = "/oauth2/v2.0/token";

    /// <summary>What MSAL takes for the authority of something else than a tenant.</summary>
    private static readonly string[] OtherProtocols = ["adfs", "tfp", "dstsv2"];

    /// <summary>Reads an authorization endpoint into the authority that it belongs to.</summary>
    public static bool TryReadAuthorization(string? text, [NotNullWhen(true)] out Uri? authority) => TryRead(text, AuthorizePath, out authority);

    /// <summary>Reads a token endpoint into the authority that it belongs to.</summary>
    public static bool TryReadToken(string? text, [NotNullWhen(true)] out Uri? authority) => TryRead(text, TokenPath, out authority);

    /// <summary>Reads both into the one authority that they belong to.</summary>
    public static bool TryReadAuthority(string? authorization, string? token, [NotNullWhen(true)] out Uri? authority)
        => TryReadAuthorization(authorization, out authority) && TryReadToken(token, out var same) && same == authority;

    /// <summary>Reads an endpoint of Microsoft Graph: an https address with a version as its path, such as /v1.0.</summary>
    public static bool TryReadGraph(string? text, [NotNullWhen(true)] out Uri? endpoint)
        => TryReadHttps(text, out endpoint) && endpoint.Segments is [_, var version] && version.Length > 1 && !version.EndsWith('/');

    private static bool TryRead(string? text, string path, [NotNullWhen(true)] out Uri? authority)
    {
        authority = null;

        if (!TryReadHttps(text, out var endpoint) || !endpoint.AbsolutePath.EndsWith(path, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var tenant = endpoint.AbsolutePath[1..^path.Length];

        if (tenant.Length == 0 || tenant.Contains('/', StringComparison.Ordinal) || OtherProtocols.Contains(tenant, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        authority = new Uri(endpoint, $"/{tenant}");

        return true;
    }

    private static bool TryReadHttps(string? text, [NotNullWhen(true)] out Uri? uri)
        => Uri.TryCreate(text, UriKind.Absolute, out uri)
            && uri.Scheme == Uri.UriSchemeHttps
            && uri.UserInfo.Length == 0
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0;
}
