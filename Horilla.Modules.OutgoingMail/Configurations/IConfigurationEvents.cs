namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>What else has to change with a configuration. Called within the request, and saved with it.</summary>
public interface IConfigurationEvents
{
    /// <summary>The configuration was created or changed.</summary>
    Task SavedAsync(OutgoingMailConfiguration configuration);

    /// <summary>The configuration is being deleted.</summary>
    Task DeletedAsync(OutgoingMailConfiguration configuration);
}
