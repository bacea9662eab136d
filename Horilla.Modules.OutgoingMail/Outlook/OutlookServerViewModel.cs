using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The Application, Sender and Endpoints groups of the form.</summary>
public class OutlookServerViewModel
{
    /// <summary>"Client ID".</summary>
    public string? ClientId { get; set; }

    /// <summary>"Outlook client secret", as typed; never the stored one.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>"Remove the stored client secret".</summary>
    public bool RemoveClientSecret { get; set; }

    /// <summary>"Tenant ID".</summary>
    public string? TenantId { get; set; }

    /// <summary>"Redirect URI".</summary>
    public string? RedirectUri { get; set; }

    /// <summary>"Email Host Username".</summary>
    public string? Username { get; set; }

    /// <summary>"Display Name": read by the driver of all types.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The ID of a cloud, or empty for any other cloud.</summary>
    public string? Cloud { get; set; }

    /// <summary>Whether the "Fill in" button was pressed. It fills in the endpoints of the cloud without saving, for browsers without JavaScript.</summary>
    public bool FillIn { get; set; }

    /// <summary>"OAuth authorization endpoint".</summary>
    public string? AuthorizationEndpoint { get; set; }

    /// <summary>"OAuth token endpoint".</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>"Microsoft Graph API endpoint".</summary>
    public string? GraphEndpoint { get; set; }

    /// <summary>"Send large messages".</summary>
    public bool SendsLargeMails { get; set; }

    /// <summary>Whether a client secret is stored.</summary>
    [BindNever]
    public bool HasClientSecret { get; set; }

    /// <summary>The account that is signed in, or null if nobody is.</summary>
    [BindNever]
    public string? AccountName { get; set; }

    /// <summary>The message to show after <see cref="FillIn"/>, or null if it wasn't pressed.</summary>
    [BindNever]
    public string? Notice { get; set; }
}
