namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// Handles changes to configurations of all types: check <see cref="OutgoingMailConfiguration.Type"/>. Called within the request;
/// what handlers save is committed with it. Register an implementation with <c>AddScoped</c>.
/// </summary>
public interface IConfigurationEvents
{
    /// <summary>The configuration was created or changed.</summary>
    Task SavedAsync(OutgoingMailConfiguration configuration);

    /// <summary>The configuration is being deleted.</summary>
    Task DeletedAsync(OutgoingMailConfiguration configuration);
}
