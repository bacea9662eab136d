using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Test messages through several servers, before and after they were sent.</summary>
public sealed class TestSelectionViewModel : SelectionViewModel
{
    /// <summary>"Send to".</summary>
    public string? Recipient { get; set; }

    /// <summary>The result of each server; empty before anything was sent.</summary>
    public IReadOnlyList<(OutgoingMailConfiguration Configuration, OutgoingMailResult Result)> Results { get; set; } = [];
}
