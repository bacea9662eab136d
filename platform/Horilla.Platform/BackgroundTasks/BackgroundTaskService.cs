using System.Runtime.CompilerServices;
using Horilla.Platform.Shells;
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
/// Runs the due background tasks of each tenant that has served a request, once a minute. The tasks of a tenant run one
/// after the other; tenants don't wait for each other. A task that fails is logged and runs again on its schedule. A task
/// that is still running isn't started again. When the host stops, running tasks can finish as long as the host waits.
/// </summary>
internal sealed class BackgroundTaskService(IShellHost shellHost, TimeProvider time, ILogger<BackgroundTaskService> logger) : BackgroundService
{
    private readonly ConditionalWeakTable<ShellContext, ShellTaskSchedule> _rounds = [];
    private readonly CancellationTokenSource _abort = new();

    /// <summary>Runs the tasks that are due now.</summary>
    public Task RunDueAsync(CancellationToken cancellationToken)
        => Task.WhenAll(shellHost.ListShellContexts().Where(shell => shell.Pipeline is not null).Select(shell => RunDueAsync(shell, cancellationToken)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Returns when all tasks have ended, or when the host no longer waits.
        await base.StopAsync(cancellationToken);
        await _abort.CancelAsync();
    }

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        var running = new List<Task>();

        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                running.RemoveAll(round => round.IsCompleted);
                running.Add(RunDueAsync(_abort.Token));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }

        await Task.WhenAll(running);
    }

    private async Task RunDueAsync(ShellContext shell, CancellationToken cancellationToken)
    {
        using var logged = TenantLogScope.Begin(logger, shell.Settings.Name);
        var rounds = _rounds.GetValue(shell, _ => new ShellTaskSchedule());

        if (!rounds.TryBegin())
        {
            return;
        }

        try
        {
            foreach (var settings in await GetDueTasksAsync(shell, rounds))
            {
                // The tenant may have been disabled or removed in the meantime.
                if (!shellHost.TryGetSettings(shell.Settings.Name, out var tenant) || !tenant.IsRunning())
                {
                    break;
                }

                await RunAsync(shell, settings, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host no longer waits.
        }
        catch (Exception e)
        {
            logger.LogError(e, "The background tasks of the tenant '{Tenant}' couldn't be checked. The next check is in a minute.", shell.Settings.Name);
        }
        finally
        {
            rounds.End();
        }
    }

    /// <summary>Returns the due tasks, and records them as run. The schedule of a shell starts when it is first seen, so nothing is due immediately.</summary>
    private async Task<IReadOnlyList<BackgroundTaskSettings>> GetDueTasksAsync(ShellContext shell, ShellTaskSchedule rounds)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var due = new List<BackgroundTaskSettings>();

        // Null if the shell was released in the meantime. The next round checks its successor.
        if (await shell.CreateScopeAsync() is { } scope)
        {
            await using (scope)
            {
                foreach (var settings in scope.ServiceProvider.GetServices<IBackgroundTask>().Select(task => task.GetDefaultSettings()).Where(settings => settings.Enable))
                {
                    if (rounds.LastRuns.TryGetValue(settings.Name, out var last) && CrontabSchedule.Parse(settings.Schedule).GetNextOccurrence(last) <= now)
                    {
                        due.Add(settings);
                        rounds.LastRuns[settings.Name] = now;
                    }

                    rounds.LastRuns.TryAdd(settings.Name, now);
                }
            }
        }

        return due;
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
            logger.LogError(e, "The background task '{Task}' of the tenant '{Tenant}' failed. It runs again on its schedule.", settings.Name, shell.Settings.Name);
        }
    }

    /// <summary>Acquires the lock of a task, or returns null if someone else holds it.</summary>
    private static async Task<ILocker?> LockAsync(IDistributedLock locks, BackgroundTaskSettings settings)
    {
        var (wait, expiration) = settings.IsAtomic
            ? (TimeSpan.FromMilliseconds(settings.LockTimeout), TimeSpan.FromMilliseconds(settings.LockExpiration))
            : (TimeSpan.Zero, (TimeSpan?)null);
        var (locker, locked) = await locks.TryAcquireLockAsync($"BackgroundTask:{settings.Name}", wait, expiration);

        return locked ? locker : null;
    }

    /// <summary>When the tasks of a shell last ran, and whether a round is running now.</summary>
    private sealed class ShellTaskSchedule
    {
        private int _running;

        public Dictionary<string, DateTime> LastRuns { get; } = [];

        public bool TryBegin() => Interlocked.Exchange(ref _running, 1) == 0;

        public void End() => Volatile.Write(ref _running, 0);
    }
}
