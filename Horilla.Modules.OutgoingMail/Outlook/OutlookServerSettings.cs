using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The aspect of a configuration that only Outlook servers have.</summary>
public sealed class OutlookServerSettings
{
    /// <summary>The name of the secret that the client secret is.</summary>
    public const string ClientSecret = "ClientSecret";

    /// <summary>The application (client) ID: a GUID.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client secret as a protected payload; null for none.</summary>
    public string? ProtectedClientSecret { get; set; }

    /// <summary>The directory (tenant) ID: a GUID, a domain name, or one of common, organizations and consumers.</summary>
    public string TenantId { get; set; } = "common";

    /// <summary>Where Microsoft sends the browser back to.</summary>
    public string RedirectUri { get; set; } = "";

    /// <summary>Where users sign in.</summary>
    public string AuthorizationEndpoint { get; set; } = MicrosoftCloud.Global.AuthorizationEndpoint("common");

    /// <summary>Where codes and refresh tokens become access tokens.</summary>
    public string TokenEndpoint { get; set; } = MicrosoftCloud.Global.TokenEndpoint("common");

    /// <summary>Microsoft Graph, with its version.</summary>
    public string GraphEndpoint { get; set; } = MicrosoftCloud.Global.GraphEndpoint;

    /// <summary>Mails above the limit of one request go by a draft, for which Microsoft wants one permission more.</summary>
    public bool SendsLargeMails { get; set; }

    /// <summary>The authority that both endpoints belong to, as MSAL takes it; null where they are not of one.</summary>
    [JsonIgnore]
    public Uri? Authority => MicrosoftEndpoints.TryReadAuthority(AuthorizationEndpoint, TokenEndpoint, out var authority) ? authority : null;
}
