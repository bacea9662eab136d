using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Starts the sender with the tenant, and stops it before the tenant's shell ends.</summary>
public sealed class OutboxTenantEvents(OutboxDispatcher dispatcher) : ModularTenantEvents
{
    /// <inheritdoc />
    public override Task ActivatedAsync()
    {
        dispatcher.Start();

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task TerminatingAsync() => dispatcher.StopAsync();
}
