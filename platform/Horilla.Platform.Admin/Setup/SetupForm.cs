using Horilla.Platform.Admin.Tenants;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Setup;

/// <summary>The form that sets a tenant up.</summary>
public class SetupForm : DatabaseForm
{
    /// <summary>What the link carried.</summary>
    public string? Secret { get; set; }

    /// <summary>"Site name".</summary>
    public string? SiteName { get; set; }

    /// <summary>"Time zone": an id of the IANA database.</summary>
    public string? SiteTimeZone { get; set; }

    /// <summary>"User name" of the administrator.</summary>
    public string? UserName { get; set; }

    /// <summary>"E-mail address" of the administrator.</summary>
    public string? Email { get; set; }

    /// <summary>"Password".</summary>
    public string? Password { get; set; }

    /// <summary>"Password again".</summary>
    public string? PasswordConfirmation { get; set; }

    /// <summary>Whether the recipe is chosen already.</summary>
    [BindNever]
    public bool HasRecipe { get; set; }

    /// <summary>Whether the database is chosen already.</summary>
    [BindNever]
    public bool HasDatabase { get; set; }
}
