using System.Text.RegularExpressions;
using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Parses and validates what was typed in the form of an Outlook server, except the client secret. Scoped.</summary>
public sealed partial class OutlookSettingsParser(IOptions<OutlookOptions> options, IStringLocalizer<OutlookSettingsParser> stringLocalizer)
{
    private const int MaxUriLength = 2000;

    private static readonly string[] Audiences = ["common", "organizations", "consumers"];

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Parses the fields.</summary>
    /// <param name="model">The typed values.</param>
    /// <param name="errors">Receives the errors.</param>
    internal OutlookServerSettings Parse(OutlookServerViewModel model, FieldErrors errors)
    {
        var settings = new OutlookServerSettings
        {
            ClientId = ParseClientId(model.ClientId, errors),
            TenantId = ParseTenantId(model.TenantId, errors),
            RedirectUri = ParseRedirectUri(model.RedirectUri, errors),
            GraphEndpoint = ParseGraphEndpoint(model.GraphEndpoint, errors),
            SendsLargeMails = model.SendsLargeMails,
        };

        // "common" in the endpoints is replaced with the Tenant ID.
        settings.AuthorizationEndpoint = ReplaceCommonTenant(model.AuthorizationEndpoint, settings.TenantId);
        settings.TokenEndpoint = ReplaceCommonTenant(model.TokenEndpoint, settings.TenantId);
        ValidateEndpoints(settings, errors);
        ValidateUsername(model, errors);

        return settings;
    }

    private static string ReplaceCommonTenant(string? endpoint, string tenant)
    {
        var typed = endpoint?.Trim() ?? "";

        return tenant.Length > 0 ? CommonTenant().Replace(typed, match => $"{match.Groups["before"].Value}{tenant}{match.Groups["after"].Value}") : typed;
    }

    /// <summary>Matches an endpoint for any tenant.</summary>
    [GeneratedRegex("^(?<before>https://[^/]+/)common(?<after>/oauth2/v2\\.0/)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommonTenant();

    private string ParseClientId(string? text, FieldErrors errors)
    {
        if (Guid.TryParse(text?.Trim(), out var id) && id != Guid.Empty)
        {
            return id.ToString("D");
        }

        errors.Add(nameof(OutlookServerViewModel.ClientId), S["Enter the application (client) ID from Microsoft Entra, for example 0b1e9c1e-5d3a-4c0e-9b7b-2f6f5c1d2e3f."]);

        return text?.Trim() ?? "";
    }

    private string ParseTenantId(string? text, FieldErrors errors)
    {
        var tenant = text?.Trim().ToLowerInvariant() ?? "";

        if (Guid.TryParse(tenant, out var id))
        {
            return id.ToString("D");
        }

        if (!Audiences.Contains(tenant) && !DomainName().IsMatch(tenant))
        {
            errors.Add(nameof(OutlookServerViewModel.TenantId), S["Enter the directory (tenant) ID, a domain name of the tenant (for example example.com), or common, organizations or consumers."]);
        }

        return tenant;
    }

    private string ParseRedirectUri(string? text, FieldErrors errors)
    {
        var typed = text?.Trim() ?? "";

        if (typed.Length > MaxUriLength
            || !Uri.TryCreate(typed, UriKind.Absolute, out var uri)
            || uri.Fragment.Length > 0
            || uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            errors.Add(nameof(OutlookServerViewModel.RedirectUri), S["Enter the full address that Microsoft redirects the browser to, with https (http only for localhost). Usually it's the address that the form suggests. If that one has http, open this site with https, or ask an operator to set the base URL under Settings > General."]);
        }

        return typed;
    }

    private string ParseGraphEndpoint(string? text, FieldErrors errors)
    {
        var typed = text?.Trim().TrimEnd('/') ?? "";

        if (typed.Length > MaxUriLength || !MicrosoftEndpoints.TryParseGraphEndpoint(typed, out var endpoint))
        {
            errors.Add(nameof(OutlookServerViewModel.GraphEndpoint), S["Enter an https address that ends with the version of Microsoft Graph, for example {0}.", MicrosoftCloud.Global.GraphEndpoint]);
        }
        else if (!options.Value.AllowsGraph(endpoint))
        {
            errors.Add(nameof(OutlookServerViewModel.GraphEndpoint), S["This site isn't allowed to send through {0}. Select one of Microsoft's clouds. To use this host, ask an operator to allow it.", endpoint.Authority]);
        }

        return typed;
    }

    private void ValidateEndpoints(OutlookServerSettings settings, FieldErrors errors)
    {
        var isAuthorization = MicrosoftEndpoints.TryParseAuthorizationEndpoint(settings.AuthorizationEndpoint, out var authority) && settings.AuthorizationEndpoint.Length <= MaxUriLength;
        var isToken = MicrosoftEndpoints.TryParseTokenEndpoint(settings.TokenEndpoint, out var tokenAuthority) && settings.TokenEndpoint.Length <= MaxUriLength;

        if (!isAuthorization)
        {
            errors.Add(nameof(OutlookServerViewModel.AuthorizationEndpoint), S["Enter the https address of a v2.0 endpoint, for example {0}.", MicrosoftCloud.Global.AuthorizationEndpoint("common")]);
        }
        else if (!options.Value.AllowsAuthority(authority!))
        {
            errors.Add(nameof(OutlookServerViewModel.AuthorizationEndpoint), S["This site isn't allowed to sign in at {0}. Select one of Microsoft's clouds. To use this host, ask an operator to allow it.", authority!.Authority]);
        }

        if (!isToken)
        {
            errors.Add(nameof(OutlookServerViewModel.TokenEndpoint), S["Enter the https address of a v2.0 endpoint, for example {0}.", MicrosoftCloud.Global.TokenEndpoint("common")]);
        }
        else if (isAuthorization && tokenAuthority != authority)
        {
            errors.Add(nameof(OutlookServerViewModel.TokenEndpoint), S["The token endpoint must have the same host and tenant as the authorization endpoint: {0}.", authority!.AbsoluteUri.TrimEnd('/') + MicrosoftEndpoints.TokenPath]);
        }
    }

    private void ValidateUsername(OutlookServerViewModel model, FieldErrors errors)
    {
        if (InvisibleCharacters.GetErrorMessage(model.Username ?? "", S) is { } errorMessage)
        {
            errors.Add(nameof(OutlookServerViewModel.Username), errorMessage);
        }
        else if (!MailAddressParser.TryParse(model.Username, out _))
        {
            errors.Add(nameof(OutlookServerViewModel.Username), S["Enter the email address to send from, for example sales@example.com. The account that signs in must be allowed to send from it."]);
        }
    }

    [GeneratedRegex(@"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DomainName();
}
