namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>The aspect of the site settings that points to the primary mail server. A single pointer, so that there can't be two.</summary>
public sealed class OutgoingMailSettings
{
    /// <summary>The ID of the primary configuration, or null if there are no configurations.</summary>
    public string? PrimaryConfigurationId { get; set; }
}
