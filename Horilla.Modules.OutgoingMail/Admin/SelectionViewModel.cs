using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The servers that are selected in the list.</summary>
public abstract class SelectionViewModel
{
    /// <summary>The servers, by user name.</summary>
    public IReadOnlyList<OutgoingMailConfiguration> Servers { get; set; } = [];

    /// <summary>The URL of the list that the user came from.</summary>
    public string? ReturnUrl { get; set; }
}
