using Horilla.Modules.OutgoingMail.Configurations;
using OrchardCore.DisplayManagement;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The form of a server.</summary>
public sealed class FormViewModel
{
    /// <summary>The title of the page.</summary>
    public string Title { get; set; } = "";

    /// <summary>The technical name of the type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The id of the server. A new one has it from its form on, so that a form that is sent twice makes one server.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>Whether the server was deleted while it was edited: the form then makes a new one.</summary>
    public bool IsGone { get; set; }

    /// <summary>The editor.</summary>
    public IShape? Editor { get; set; }

    /// <summary>The state that was edited.</summary>
    public string Revision { get; set; } = "";

    /// <summary>What comes after saving; null where the user may not do it.</summary>
    public FollowUp? FollowUp { get; set; }

    /// <summary>What somebody else saved meanwhile; null where nobody did.</summary>
    public ConflictViewModel? Conflict { get; set; }
}
