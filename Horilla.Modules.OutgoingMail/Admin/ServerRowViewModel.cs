using Horilla.Modules.OutgoingMail.Log;
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

    /// <summary>Whether the server can't send until an account signs in.</summary>
    public bool RequiresSignIn { get; set; }

    /// <summary>Whether it is the primary.</summary>
    public bool IsPrimary { get; set; }

    /// <summary>The last delivery, or null if nothing was sent yet.</summary>
    public LastDelivery? LastDelivery { get; set; }

    /// <summary>The messages that wait for the server, or null if there are none.</summary>
    public ServerBacklog? Backlog { get; set; }

    /// <summary>The URL of the list; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>The URL of the current page, which may be that of a single server.</summary>
    public string? CurrentUrl { get; set; }

    /// <summary>Whether the row can be selected with others.</summary>
    public bool CanSelect { get; set; }

    /// <summary>Whether the user may edit and delete.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test messages.</summary>
    public bool CanSendTestMail { get; set; }
}
