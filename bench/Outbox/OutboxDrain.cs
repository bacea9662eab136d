using System.Diagnostics;
using Horilla.Bench.Sending;
using Horilla.Modules.OutgoingMail;
using Horilla.Modules.OutgoingMail.Outbox;
using MimeKit;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace Horilla.Bench.Outbox;

/// <summary>Fills the outbox of a host while it's paused, and measures how long it takes to drain it.</summary>
internal sealed class OutboxDrain(HorillaSender horilla)
{
    /// <summary>Returns the number of messages per second.</summary>
    public async Task<double> RunAsync(BenchmarkCase what, int count)
    {
        var options = new OutboxOptions { Sending = new OutgoingMailOptions { ConfigurationId = await horilla.ConfigureAsync(what) } };
        await PauseAsync(true);
        await horilla.UseAsync(async services =>
        {
            await foreach (var _ in services.GetRequiredService<IOutgoingMailOutbox>().EnqueueManyAsync(Messages(what, count), options))
            {
            }
        });
        var watch = Stopwatch.StartNew();
        await PauseAsync(false);

        while (await IsWaitingAsync())
        {
            await Task.Delay(20);
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Returns how many messages per second are stored, one in each scope, and as one stream.</summary>
    public async Task<(double Single, double Many)> MeasureEnqueueAsync(BenchmarkCase what, int count)
    {
        var options = new OutboxOptions { Sending = new OutgoingMailOptions { ConfigurationId = await horilla.ConfigureAsync(what) } };
        await PauseAsync(true);
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < count; i++)
        {
            await horilla.UseAsync(async services =>
            {
                using var message = what.Compose();
                await services.GetRequiredService<IOutgoingMailOutbox>().EnqueueAsync(message, options);
            });
        }

        var single = count / watch.Elapsed.TotalSeconds;
        watch.Restart();
        await horilla.UseAsync(async services =>
        {
            await foreach (var _ in services.GetRequiredService<IOutgoingMailOutbox>().EnqueueManyAsync(Messages(what, count), options))
            {
            }
        });

        return (single, count / watch.Elapsed.TotalSeconds);
    }

    private static async IAsyncEnumerable<MimeMessage> Messages(BenchmarkCase what, int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return what.Compose();
        }

        await Task.CompletedTask;
    }

    private Task PauseAsync(bool isPaused) => horilla.UseAsync(async services =>
    {
        var siteService = services.GetRequiredService<ISiteService>();
        var site = await siteService.LoadSiteSettingsAsync();
        site.Put(new OutboxSettings { IsPaused = isPaused });
        await siteService.UpdateSiteSettingsAsync(site);
        OrchardCore.Environment.Shell.Scope.ShellScope.AddDeferredSignal(OutboxWakeUp.Signal);
    });

    /// <summary>Whether any message is left. Cheap, so that the measurement doesn't slow down what it measures.</summary>
    private async Task<bool> IsWaitingAsync()
    {
        var isWaiting = false;
        await horilla.UseAsync(async services =>
        {
            var database = services.GetRequiredService<OutboxDatabase>();
            var sql = database.Select("OutgoingMailOutbox", "[MailId]", "[State] IN (0, 1, 2)", null, "1");
            isWaiting = (await database.ReadAsync(connection => connection.QueryBuiltAsync<string>(sql, null), CancellationToken.None)).Count > 0;
        });

        return isWaiting;
    }
}
