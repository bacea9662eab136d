using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.DisplayManagement;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The form of a server.</summary>
public sealed class FormViewModel
{
    /// <summary>The title of the page.</summary>
    public string Title { get; set; } = "";

    /// <summary>The technical name of the type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The ID of the server. A new server gets its ID with the form, so that a form submitted twice creates one server.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>Whether the server was deleted during the edit. Saving the form then creates a new one.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>The editor.</summary>
    public IShape? Editor { get; set; }

    /// <summary>The revision that the edit is based on.</summary>
    public string Revision { get; set; } = "";

    /// <summary>The address that test messages are sent to.</summary>
    public string? Recipient { get; set; }

    /// <summary>Whether the form can send a test message without saving.</summary>
    public bool CanTestUnsaved { get; set; }

    /// <summary>The result of a test message that was sent without saving, or null if there is none.</summary>
    public TestViewModel? Test { get; set; }

    /// <summary>The action offered after saving, or null if the user isn't allowed to run it.</summary>
    public PostSaveAction? PostSaveAction { get; set; }

    /// <summary>The version that someone else saved in the meantime, or null if no one did.</summary>
    public EditConflictViewModel? Conflict { get; set; }
}
