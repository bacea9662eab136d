using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NCrontab;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;

namespace Horilla.Platform.BackgroundTasks;

/// <summary>
/// Looks each minute at the tenants that have served a request, and runs those of their background tasks that are due. A
/// task that fails is logged, and is due again by its schedule; one that still runs is not begun anew.
/// </summary>
internal sealed class BackgroundTaskService(IShellHost shellHost, TimeProvider time, ILogger<BackgroundTaskService> logger) : BackgroundService
{
    private readonly ConditionalWeakTable<ShellContext, Dictionary<string, DateTime>> _lastRuns = [];

    /// <summary>Runs what is due now.</summary>
    public Task RunDueAsync(CancellationToken cancellationToken)
        => Task.WhenAll(shellHost.ListShellContexts().Where(shell => shell.Pipeline is not null).Select(shell => RunDueAsync(shell, cancellationToken)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);

        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task RunDueAsync(ShellContext shell, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;

        // A shell counts from when it is first seen: nothing is due at once.
        var lastRuns = _lastRuns.GetValue(shell, _ => []);

        foreach (var settings in shell.ServiceProvider.GetServices<IBackgroundTask>().Select(task => task.GetDefaultSettings()).Where(settings => settings.Enable))
        {
            if (!lastRuns.TryGetValue(settings.Name, out var last))
            {
                lastRuns[settings.Name] = now;

                continue;
            }

            if (CrontabSchedule.Parse(settings.Schedule).GetNextOccurrence(last) > now)
            {
                continue;
            }

            lastRuns[settings.Name] = now;
            await RunAsync(shell, settings, cancellationToken);
        }
    }

    private async Task RunAsync(ShellContext shell, BackgroundTaskSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var scope = await shellHost.GetScopeAsync(shell.Settings);
            await scope.UsingAsync(async current =>
            {
                if (current.ServiceProvider.GetServices<IBackgroundTask>().GetTaskByName(settings.Name) is not { } task)
                {
                    return;
                }

                await using var locker = await LockAsync(current.ServiceProvider.GetRequiredService<IDistributedLock>(), settings);

                if (locker is not null)
                {
                    await task.DoWorkAsync(current.ServiceProvider, cancellationToken);
                }
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            logger.LogError(e, "The background task '{Task}' of the tenant '{Tenant}' failed. It runs again by its schedule.", settings.Name, shell.Settings.Name);
        }
    }

    /// <summary>The lock of a task that may run once at a time; null where somebody else has it.</summary>
    private static async Task<ILocker?> LockAsync(IDistributedLock locks, BackgroundTaskSettings settings)
    {
        var (wait, expiration) = settings.IsAtomic
            ? (TimeSpan.FromMilliseconds(settings.LockTimeout), TimeSpan.FromMilliseconds(settings.LockExpiration))
            : (TimeSpan.Zero, (TimeSpan?)null);
        var (locker, locked) = await locks.TryAcquireLockAsync($"BackgroundTask:{settings.Name}", wait, expiration);

        return locked ? locker : null;
    }
}
