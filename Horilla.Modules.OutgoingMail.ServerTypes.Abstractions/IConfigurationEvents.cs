namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Handles changes to configurations. Called within the request; what handlers save is committed with it.</summary>
public interface IConfigurationEvents
{
    /// <summary>The configuration was created or changed.</summary>
    Task SavedAsync(OutgoingMailConfiguration configuration);

    /// <summary>The configuration is being deleted.</summary>
    Task DeletedAsync(OutgoingMailConfiguration configuration);
}
