namespace Horilla.Modules.OutgoingMail;

/// <summary>How a message is to be sent.</summary>
public sealed record OutgoingMailOptions
{
    /// <summary>The id of the configuration to send through, of 26 characters; null for the primary one.</summary>
    public string? ConfigurationId { get; init; }
}
