using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>What a row of the list has of its own for an Outlook server.</summary>
public class OutlookRowViewModel
{
    /// <summary>The configuration.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>Who is signed in; null for nobody.</summary>
    public OutlookSignIn? SignIn { get; set; }

    /// <summary>Until when the token lasts, in the time of the site; null where nobody is signed in.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>Whether that is on another day.</summary>
    public bool ExpiresOnAnotherDay { get; set; }

    /// <summary>The address of the list as it is shown; null for the whole list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the user may sign in and refresh.</summary>
    public bool CanManage { get; set; }
}
