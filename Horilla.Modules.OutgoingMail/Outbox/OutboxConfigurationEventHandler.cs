using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Environment.Cache;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Lets waiting messages be tried at once when an administrator has saved or deleted a server. Scoped.</summary>
public sealed class OutboxConfigurationEventHandler(ISession session, OutboxDatabase database, OutboxClock clock, ISignal signal) : IConfigurationEvents
{
    /// <inheritdoc />
    public Task SavedAsync(OutgoingMailConfiguration configuration) => ReleaseAsync(configuration.ConfigurationId);

    /// <inheritdoc />
    public Task DeletedAsync(OutgoingMailConfiguration configuration) => ReleaseAsync(configuration.ConfigurationId);

    private async Task ReleaseAsync(string configurationId)
    {
        var connection = await database.UseAsync(session, CancellationToken.None);
        await OutboxServerState.ClearAsync(connection, configurationId);

        // Those that waited because of the server, and those that no server fitted.
        await connection.ExecuteAsync(
            "UPDATE {OutgoingMailOutbox} SET [DueAt] = @now WHERE [State] = 1 AND [ConfigurationId] IN (@configurationId, '') AND [DueAt] > @now",
            new { configurationId, now = clock.Now });
        signal.DeferredSignalToken(OutboxWakeUp.Signal);
    }
}
