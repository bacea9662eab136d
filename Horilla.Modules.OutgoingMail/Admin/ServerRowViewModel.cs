using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>A row of the list.</summary>
public class ServerRowViewModel
{
    /// <summary>The configuration.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>The short name of the type.</summary>
    public string TypeLabel { get; set; } = "";

    /// <summary>The shape type of the server type's icon, or null if there is none.</summary>
    public string? IconShape { get; set; }

    /// <summary>The state of the list.</summary>
    public ListRequestState? List { get; set; }

    /// <summary>Whether the server's type requires a sign-in first. Known when all parts of the row are built.</summary>
    public bool RequiresSignIn => List?.RequireSignIn.Contains(Configuration.ConfigurationId) == true;

    /// <summary>Whether it is the primary.</summary>
    public bool IsPrimary { get; set; }

    /// <summary>The last delivery, or null if nothing was sent yet.</summary>
    public LastDelivery? LastDelivery { get; set; }

    /// <summary>The current URL of the list; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the user may edit and delete.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test messages.</summary>
    public bool CanSendTestMail { get; set; }
}
