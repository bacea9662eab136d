using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The confirmation page for deleting a server.</summary>
public sealed class DeleteViewModel
{
    /// <summary>The configuration to delete.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>Whether it is the primary.</summary>
    public bool IsPrimary { get; set; }

    /// <summary>The title of the server that would become the primary, or null if none is left.</summary>
    public string? NextPrimaryTitle { get; set; }

    /// <summary>The messages that wait for what would be deleted.</summary>
    public required WaitingMessagesViewModel Waiting { get; init; }
}
