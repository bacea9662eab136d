namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Notes that a server can't send until an account signs in. A separate document, so that sign-ins and edits never overwrite each other.</summary>
public sealed class SignInRequirement
{
    /// <summary>The ID of the document.</summary>
    public long Id { get; set; }

    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";
}
