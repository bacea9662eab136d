namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The confirmation page for deleting several servers.</summary>
public sealed class DeleteSelectionViewModel : SelectionViewModel
{
    /// <summary>Whether the primary is one of them.</summary>
    public bool IsPrimarySelected { get; set; }

    /// <summary>The title of the server that would be the primary if the current one is deleted, or null if none is left.</summary>
    public string? NextPrimaryTitle { get; set; }

    /// <summary>The messages that wait for what would be deleted.</summary>
    public required WaitingMessagesViewModel Waiting { get; init; }
}
