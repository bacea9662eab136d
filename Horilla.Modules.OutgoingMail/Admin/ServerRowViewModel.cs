using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>A row of the list.</summary>
public class ServerRowViewModel
{
    /// <summary>The configuration.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>The type's name in a word.</summary>
    public string TypeLabel { get; set; } = "";

    /// <summary>The type of the shape with the type's icon; null for none.</summary>
    public string? IconShape { get; set; }

    /// <summary>Whether it is the primary.</summary>
    public bool IsPrimary { get; set; }

    /// <summary>How it last went; null where it never sent.</summary>
    public LastDelivery? LastDelivery { get; set; }

    /// <summary>The address of the list as it is shown; null for the whole list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the user may edit and delete.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test mails.</summary>
    public bool CanSendTestMail { get; set; }
}
