using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>What all rows of a page of the list need, read once for the page. Scoped.</summary>
public sealed class ListContext
{
    /// <summary>The id of the primary configuration.</summary>
    public string? PrimaryId { get; set; }

    /// <summary>The ids of the configurations of the page.</summary>
    public IReadOnlyList<string> ConfigurationIds { get; set; } = [];

    /// <summary>How the configurations of the page last went.</summary>
    public IReadOnlyDictionary<string, LastDelivery> LastDeliveries { get; set; } = new Dictionary<string, LastDelivery>();

    /// <summary>The address of the list as it is shown, with the tenant's own before it; null for the whole list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the user may edit and delete.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test mails.</summary>
    public bool CanSendTestMail { get; set; }
}
