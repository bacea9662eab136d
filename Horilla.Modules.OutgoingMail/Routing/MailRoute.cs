namespace Horilla.Modules.OutgoingMail.Routing;

/// <summary>The server of a category.</summary>
public sealed class MailRoute
{
    /// <summary>The name of the category.</summary>
    public string? Category { get; set; }

    /// <summary>The label of the category.</summary>
    public string? Label { get; set; }

    /// <summary>The ID of the configuration; empty for the usual rules.</summary>
    public string? ConfigurationId { get; set; }
}
