using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The Outlook parts of a row in the list.</summary>
public class OutlookRowViewModel
{
    /// <summary>The configuration.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>Who is signed in, or null if nobody is.</summary>
    public OutlookSignIn? SignIn { get; set; }

    /// <summary>When the token expires, in the time zone of the site, or null if nobody is signed in.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>Whether the token expires on a day other than today.</summary>
    public bool ExpiresOnAnotherDay { get; set; }

    /// <summary>The URL of the current page: the list or a single server; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the user may sign in and refresh tokens.</summary>
    public bool CanManage { get; set; }
}
