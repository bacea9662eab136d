using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The question before a server is deleted.</summary>
public sealed class DeleteViewModel
{
    /// <summary>What would be deleted.</summary>
    public OutgoingMailConfiguration Configuration { get; set; } = new();

    /// <summary>Whether it is the primary.</summary>
    public bool IsPrimary { get; set; }

    /// <summary>What would be the primary after it; null where none is left.</summary>
    public string? NextPrimaryTitle { get; set; }
}
