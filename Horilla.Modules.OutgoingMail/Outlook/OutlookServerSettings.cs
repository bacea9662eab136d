using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The settings of an Outlook server, stored as an aspect of its configuration.</summary>
public sealed class OutlookServerSettings
{
    /// <summary>The field name that the client secret is protected with.</summary>
    public const string ClientSecret = "ClientSecret";

    /// <summary>The application (client) ID: a GUID.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client secret as a protected payload, or null if there is none.</summary>
    public string? ProtectedClientSecret { get; set; }

    /// <summary>The directory (tenant) ID: a GUID, a domain name, or one of common, organizations and consumers.</summary>
    public string TenantId { get; set; } = "common";

    /// <summary>The address that Microsoft redirects the browser to.</summary>
    public string RedirectUri { get; set; } = "";

    /// <summary>The endpoint where users sign in.</summary>
    public string AuthorizationEndpoint { get; set; } = MicrosoftCloud.Global.AuthorizationEndpoint("common");

    /// <summary>The endpoint that exchanges codes and refresh tokens for access tokens.</summary>
    public string TokenEndpoint { get; set; } = MicrosoftCloud.Global.TokenEndpoint("common");

    /// <summary>The endpoint of Microsoft Graph, with its version.</summary>
    public string GraphEndpoint { get; set; } = MicrosoftCloud.Global.GraphEndpoint;

    /// <summary>Whether messages above the limit of one request are sent as a draft, which requires an additional permission.</summary>
    public bool SendsLargeMails { get; set; }

    /// <summary>The authority that both endpoints belong to, as MSAL expects it, or null if they don't share one.</summary>
    [JsonIgnore]
    public Uri? Authority => MicrosoftEndpoints.TryParseAuthority(AuthorizationEndpoint, TokenEndpoint, out var authority) ? authority : null;
}
