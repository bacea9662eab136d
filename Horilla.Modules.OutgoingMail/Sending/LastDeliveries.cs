using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Reads and notes how configurations last went. Scoped.</summary>
public sealed class LastDeliveries(ISession session, NoteworthyDeliveries noteworthy, IClock clock) : IConfigurationEvents
{
    /// <summary>How these configurations last went, by their ids; those that never sent are left out.</summary>
    public async Task<IReadOnlyDictionary<string, LastDelivery>> FindAsync(IReadOnlyCollection<string> configurationIds)
    {
        if (configurationIds.Count == 0)
        {
            return new Dictionary<string, LastDelivery>();
        }

        var ids = configurationIds.ToArray();
        var found = await session.Query<LastDelivery, LastDeliveryIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync();

        return found.GroupBy(delivery => delivery.ConfigurationId).ToDictionary(group => group.Key, group => group.MaxBy(delivery => delivery.AtUtc)!);
    }

    /// <summary>How a configuration last went; null where it never sent.</summary>
    public async Task<LastDelivery?> FindAsync(string configurationId)
        => (await FindAsync([configurationId])).GetValueOrDefault(configurationId);

    /// <summary>
    /// Notes a result once the request has ended: what is sent neither waits for it nor fails with it. While mails flow,
    /// that is a change of state at once, and else one in 30 seconds; a test mail always.
    /// </summary>
    public void Note(OutgoingMailConfiguration configuration, OutgoingMailResult result, bool isTest)
    {
        var configurationId = configuration.ConfigurationId;

        if (!noteworthy.IsDue(result, configuration.Revision) && !isTest)
        {
            return;
        }

        var at = clock.UtcNow;

        ShellScope.AddDeferredTask(async scope =>
        {
            var own = scope.ServiceProvider.GetRequiredService<ISession>();

            if (await own.FindConfigurationAsync(configurationId) is null)
            {
                // Deleted while the mail was on its way: nobody would delete this.
                return;
            }

            var delivery = await own.Query<LastDelivery, LastDeliveryIndex>(index => index.ConfigurationId == configurationId).FirstOrDefaultAsync()
                ?? new LastDelivery { ConfigurationId = configurationId };

            if (delivery.AtUtc > at)
            {
                // Another mail went after this one, and its scope has ended before.
                return;
            }

            delivery.AtUtc = at;
            delivery.Result = result;
            await own.SaveAsync(delivery);
        });
    }

    /// <inheritdoc />
    public Task SavedAsync(OutgoingMailConfiguration configuration) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task DeletedAsync(OutgoingMailConfiguration configuration)
    {
        foreach (var delivery in await session.Query<LastDelivery, LastDeliveryIndex>(index => index.ConfigurationId == configuration.ConfigurationId).ListAsync())
        {
            session.Delete(delivery);
        }
    }
}
