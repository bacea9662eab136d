using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Runs the work of a dispatcher in scopes of its tenant. One instance per tenant shell; thread-safe.</summary>
public sealed class OutboxScopes(IShellHost shellHost, ShellSettings settings, WaitingTenantMarker marker, OutboxErrors errors)
{
    /// <summary>Called when the shell was replaced: the tenant was changed, and another dispatcher has taken over.</summary>
    public Action Replaced { get; set; } = () => { };

    /// <summary>The dispatcher that this works for.</summary>
    public OutboxDispatcher? Dispatcher { get; set; }

    /// <summary>Whether messages may be sent: the tenant runs, and its outbox isn't paused.</summary>
    public async Task<bool> CanSendAsync()
    {
        var canSend = false;
        await RunAsync(async provider => canSend = !(await provider.GetRequiredService<ISiteService>().GetSettingsAsync<OutboxSettings>()).IsPaused);

        return canSend;
    }

    /// <summary>Returns how long messages are tried, in ticks.</summary>
    public async Task<long> GetRetryPeriodAsync()
    {
        var period = long.MaxValue / 4;
        await RunAsync(async provider => period = await provider.GetRequiredService<RetrySchedule>().GetPeriodAsync());

        return period;
    }

    /// <summary>Returns how many messages may be sent through a server at the same time, and how the outbox uses it.</summary>
    public async Task<(int MaxConcurrency, OutboxServerSettings Settings)> GetServerAsync(string configurationId)
    {
        var (count, settings) = (1, new OutboxServerSettings());
        await RunAsync(async provider =>
        {
            if (configurationId.Length > 0 && await provider.GetRequiredService<MailServerResolver>().FindAsync(configurationId) is { } configuration)
            {
                settings = configuration.GetOrCreate<OutboxServerSettings>();
                count = Math.Max(provider.GetRequiredService<MailServerTypes>().FindTransport(configuration.Type)?.GetMaxConcurrency(configuration) ?? 1, 1);
            }
        });

        return (count, settings);
    }

    /// <summary>Sends a claimed message.</summary>
    internal async Task DeliverAsync(OutboxClaim claim, OutboxJournal journal, CancellationToken cancellationToken)
    {
        var isDone = false;

        try
        {
            isDone = await RunAsync(provider => provider.GetRequiredService<OutboxDelivery>().RunAsync(claim, journal, cancellationToken));
        }
        finally
        {
            if (!isDone)
            {
                // If the outcome is already written, this changes nothing.
                _ = journal.ReleaseAsync(claim);
            }
        }
    }

    /// <summary>Ends claimed messages that aren't sent.</summary>
    internal async Task EndAsync(IReadOnlyList<OutboxClaim> claims, OutboxMailState state, OutboxJournal journal)
        => await RunAsync(async provider =>
        {
            var hours = (int)TimeSpan.FromTicks(await provider.GetRequiredService<RetrySchedule>().GetPeriodAsync()).TotalHours;
            var delivery = provider.GetRequiredService<OutboxDelivery>();

            foreach (var claim in claims)
            {
                var last = OutboxStore.ParseError(claim.Mail.ErrorJson);
                var error = state == OutboxMailState.Expired ? errors.Expired(last) : errors.GivenUp(last, hours);
                await delivery.EndAsync(claim, state, error, journal);
            }
        });

    /// <summary>Removes the marker that messages are waiting.</summary>
    public void ClearMarker() => marker.Clear();

    /// <summary>Runs work in a scope of the tenant, unless the tenant was stopped or another dispatcher works for it.</summary>
    /// <returns>Whether the work was done.</returns>
    private async Task<bool> RunAsync(Func<IServiceProvider, Task> work)
    {
        var isDone = false;

        if (shellHost.TryGetSettings(settings.Name, out var current) && current.IsRunning())
        {
            await (await shellHost.GetScopeAsync(current)).UsingAsync(async scope =>
            {
                if (ReferenceEquals(scope.ServiceProvider.GetService<OutboxDispatcher>(), Dispatcher))
                {
                    await work(scope.ServiceProvider);
                    isDone = true;
                }
            });
        }

        if (!isDone)
        {
            Replaced();
        }

        return isDone;
    }
}
