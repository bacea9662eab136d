using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Reads and notes how configurations last went. Scoped.</summary>
public sealed partial class LastDeliveries(
    ISession session,
    DeliveryWriteThrottle throttle,
    IShellHost shellHost,
    ShellSettings settings,
    IClock clock,
    ILogger<LastDeliveries> logger) : IConfigurationEvents
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
    /// Notes a result once the request has ended: what is sent neither waits for it nor fails with it. While messages flow,
    /// <see cref="DeliveryWriteThrottle"/> says which; a test message always.
    /// </summary>
    public void Note(OutgoingMailConfiguration configuration, OutgoingMailResult result, bool isTest)
    {
        var at = clock.UtcNow;

        switch (throttle.Next(result, configuration.Revision))
        {
            case DeliveryWrite.Now:
            case var _ when isTest:
                ShellScope.AddDeferredTask(scope => WriteAsync(scope, configuration.ConfigurationId, result, at));
                break;
            case DeliveryWrite.Later:
                _ = WriteLaterAsync(configuration.ConfigurationId);
                break;
        }
    }

    private static async Task WriteAsync(ShellScope scope, string configurationId, OutgoingMailResult result, DateTime at)
    {
        var own = scope.ServiceProvider.GetRequiredService<ISession>();

        if (await own.FindConfigurationAsync(configurationId) is null)
        {
            // Deleted while the message was on its way: nobody would delete this.
            return;
        }

        var delivery = await own.Query<LastDelivery, LastDeliveryIndex>(index => index.ConfigurationId == configurationId).FirstOrDefaultAsync()
            ?? new LastDelivery { ConfigurationId = configurationId };

        if (delivery.AtUtc > at)
        {
            // Another message went after this one, and its scope has ended before.
            return;
        }

        delivery.AtUtc = at;
        delivery.Result = result;
        await own.SaveAsync(delivery);
    }

    /// <summary>The scope of the message has ended by then: this has one of its own.</summary>
    private async Task WriteLaterAsync(string configurationId)
    {
        try
        {
            if (await throttle.WaitAsync(configurationId) is { } result && shellHost.TryGetSettings(settings.Name, out var current) && current.IsRunning())
            {
                await (await shellHost.GetScopeAsync(current)).UsingAsync(scope => WriteAsync(scope, configurationId, result, clock.UtcNow));
            }
        }
        catch (Exception e)
        {
            // The list shows an older result until the next one.
            LogNotWritten(e, configurationId);
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "How the server {ConfigurationId} last went could not be stored.")]
    private partial void LogNotWritten(Exception exception, string configurationId);

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
