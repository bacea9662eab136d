using Horilla.Platform.Admin.Tenants;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Setup;

/// <summary>The setup form of a tenant.</summary>
public class SetupForm : DatabaseForm
{
    /// <summary>The token from the setup link.</summary>
    public string? Secret { get; set; }

    /// <summary>"Site name".</summary>
    public string? SiteName { get; set; }

    /// <summary>"Time zone": an IANA time zone ID; empty for the server's time zone.</summary>
    public string? SiteTimeZone { get; set; }

    /// <summary>"User name" of the administrator.</summary>
    public string? UserName { get; set; }

    /// <summary>"Email address" of the administrator.</summary>
    public string? Email { get; set; }

    /// <summary>"Password".</summary>
    public string? Password { get; set; }

    /// <summary>"Confirm password".</summary>
    public string? PasswordConfirmation { get; set; }

    /// <summary>Whether the recipe has already been chosen.</summary>
    [BindNever]
    public bool HasRecipe { get; set; }

    /// <summary>Whether the database has already been chosen.</summary>
    [BindNever]
    public bool HasDatabase { get; set; }
}
