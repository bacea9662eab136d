using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Wakes the senders of all nodes when messages were committed, and tells handlers that they are queued. Scoped.</summary>
public sealed class OutboxWakeUp(ISignal signal, OutboxDispatcher dispatcher, WaitingTenantMarker marker, IServiceProviderIsService services)
{
    /// <summary>The key of the signal.</summary>
    public const string Signal = "Horilla.Modules.OutgoingMail.Outbox";

    private readonly List<string> _mailIds = [];

    /// <summary>Wakes the senders when the scope has committed a message.</summary>
    /// <param name="mailId">The message.</param>
    /// <param name="notBefore">The earliest time to send it, in ticks; null for now.</param>
    public void WakeAfterCommit(string mailId, long? notBefore)
    {
        marker.Set();

        if (notBefore is { } at)
        {
            dispatcher.WakeAt(at);
        }

        _mailIds.Add(mailId);

        if (_mailIds.Count > 1)
        {
            return;
        }

        if (ShellScope.Current is null)
        {
            // Nobody tells when the session is committed: the sender looks for it within a minute.
            return;
        }

        signal.DeferredSignalToken(Signal);

        if (services.IsService(typeof(IOutgoingMailEvents)))
        {
            ShellScope.AddDeferredTask(scope => scope.ServiceProvider.GetRequiredService<OutboxWakeUp>().TellQueuedAsync(_mailIds));
        }
    }

    /// <summary>Wakes the senders, because a message was committed.</summary>
    public async Task WakeNowAsync(IReadOnlyList<string> mailIds)
    {
        marker.Set();
        dispatcher.Wake();
        await signal.SignalTokenAsync(Signal);

        if (services.IsService(typeof(IOutgoingMailEvents)) && ShellScope.Current is not null)
        {
            await ShellScope.UsingChildScopeAsync(scope => scope.ServiceProvider.GetRequiredService<OutboxWakeUp>().TellQueuedAsync(mailIds));
        }
    }

    private async Task TellQueuedAsync(IReadOnlyList<string> mailIds)
    {
        var provider = ShellScope.Services;
        var outbox = provider.GetRequiredService<IOutgoingMailOutbox>();
        var events = provider.GetRequiredService<OutgoingMailEventDispatcher>();

        foreach (var mailId in mailIds)
        {
            // Null if the scope was rolled back.
            if (await outbox.FindAsync(mailId) is { } mail)
            {
                await events.DispatchQueuedAsync(mail);
            }
        }
    }
}
