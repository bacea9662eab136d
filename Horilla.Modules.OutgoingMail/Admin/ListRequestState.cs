using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The data that all rows of a list page need, read once per page. Scoped.</summary>
public sealed class ListRequestState
{
    /// <summary>The ID of the primary configuration.</summary>
    public string? PrimaryId { get; set; }

    /// <summary>The IDs of the configurations on the page.</summary>
    public IReadOnlyList<string> ConfigurationIds { get; set; } = [];

    /// <summary>The last delivery of each configuration on the page, by configuration ID.</summary>
    public IReadOnlyDictionary<string, LastDelivery> LastDeliveries { get; set; } = new Dictionary<string, LastDelivery>();

    /// <summary>The current URL of the list, including the tenant's path base; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the user may edit and delete.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test messages.</summary>
    public bool CanSendTestMail { get; set; }
}
