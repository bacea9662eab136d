using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Reads and records the last delivery of each configuration. Scoped.</summary>
public sealed partial class LastDeliveryStore(
    ISession session,
    DeliveryWriteThrottle throttle,
    IShellHost shellHost,
    ShellSettings settings,
    IClock clock,
    ILogger<LastDeliveryStore> logger) : IConfigurationEvents
{
    /// <summary>Returns the last deliveries of configurations, by configuration ID. Configurations that never sent are left out.</summary>
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

    /// <summary>Returns the last delivery of a configuration, or null if it never sent.</summary>
    public async Task<LastDelivery?> FindAsync(string configurationId)
        => (await FindAsync([configurationId])).GetValueOrDefault(configurationId);

    /// <summary>
    /// Records a result after the request has ended, so that sending neither waits for it nor fails with it.
    /// <see cref="DeliveryWriteThrottle"/> decides which results are recorded; the result of a test always is.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="result">The result.</param>
    /// <param name="usesDefaultSender">Whether the message was from the configuration's own address.</param>
    /// <param name="isTest">Whether it was a test message.</param>
    public void Record(OutgoingMailConfiguration configuration, OutgoingMailResult result, bool usesDefaultSender, bool isTest)
    {
        var at = clock.UtcNow;
        var isServerError = result.Error is { } error && ServerErrors.IsServerError(error, usesDefaultSender);

        switch (throttle.GetTiming(result, isServerError, configuration.ConcurrencyStamp))
        {
            case DeliveryWriteTiming.Now:
            case var _ when isTest:
                ShellScope.AddDeferredTask(scope => WriteAsync(scope, configuration.ConfigurationId, result, isServerError, at));
                break;
            case DeliveryWriteTiming.Later:
                _ = WriteLaterAsync(configuration.ConfigurationId);
                break;
        }
    }

    private static async Task WriteAsync(ShellScope scope, string configurationId, OutgoingMailResult result, bool isServerError, DateTime at)
    {
        var documentSession = scope.ServiceProvider.GetRequiredService<ISession>();

        if (await documentSession.FindConfigurationAsync(configurationId) is null)
        {
            // The configuration was deleted while the message was being sent: nothing would ever delete this document.
            return;
        }

        var stored = (await documentSession.Query<LastDelivery, LastDeliveryIndex>(index => index.ConfigurationId == configurationId).ListAsync()).OrderByDescending(found => found.AtUtc).ToArray();
        var delivery = stored.FirstOrDefault() ?? new LastDelivery { ConfigurationId = configurationId };

        // Two concurrent first writes create two documents: the newer one counts.
        foreach (var older in stored.Skip(1))
        {
            documentSession.Delete(older);
        }

        if (delivery.AtUtc > at)
        {
            // The result of a later message is already recorded.
            return;
        }

        delivery.Record(result, at, isServerError);
        await documentSession.SaveAsync(delivery);
    }

    /// <summary>Uses its own scope, because the scope of the message has ended by then.</summary>
    private async Task WriteLaterAsync(string configurationId)
    {
        try
        {
            if (await throttle.WaitForPendingAsync(configurationId) is { } pending && shellHost.TryGetSettings(settings.Name, out var current) && current.IsRunning())
            {
                await (await shellHost.GetScopeAsync(current)).UsingAsync(scope => WriteAsync(scope, configurationId, pending.Result, pending.IsServerError, clock.UtcNow));
            }
        }
        catch (Exception e)
        {
            // The list shows an older result until the next one is written.
            LogNotWritten(e, configurationId);
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "The last result of the mail server {ConfigurationId} couldn't be stored.")]
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
