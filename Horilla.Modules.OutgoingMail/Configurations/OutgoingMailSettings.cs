namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>The aspect of the site's settings that points at the primary mail server: one pointer, so that there cannot be two.</summary>
public sealed class OutgoingMailSettings
{
    /// <summary>The id of the primary configuration; null where there is no configuration.</summary>
    public string? PrimaryConfigurationId { get; set; }
}
