using Horilla.Platform.BackgroundTasks;
using Horilla.Platform.Locking;
using Horilla.Platform.Shells;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Locking.Distributed;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class BackgroundTaskServiceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 12, 1, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_task_runs_on_its_schedule()
    {
        var quarterly = new EveryQuarterHour();
        using var service = Service(quarterly);

        foreach (var (minutes, runs) in new[] { (0, 0), (13, 0), (1, 1), (1, 1), (13, 1), (1, 2), (60, 3) })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            await service.RunDueAsync(CancellationToken.None);
            Assert.Equal(runs, quarterly.Runs);
        }
    }

    [Fact]
    public async Task A_failing_task_does_not_affect_other_tasks_and_runs_again()
    {
        var (failing, quarterly) = (new Failing(), new EveryQuarterHour());
        using var service = Service(failing, quarterly);
        await service.RunDueAsync(CancellationToken.None);

        for (var run = 1; run <= 2; run++)
        {
            _time.Advance(TimeSpan.FromMinutes(15));
            await service.RunDueAsync(CancellationToken.None);
            Assert.Equal(run, failing.Runs);
            Assert.Equal(run, quarterly.Runs);
        }
    }

    [Fact]
    public async Task A_disabled_or_still_running_task_is_not_started()
    {
        var (off, slow) = (new DisabledTask(), new BlockingTask());
        using var service = Service(off, slow);
        await service.RunDueAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(15));
        var first = service.RunDueAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(15));
        await service.RunDueAsync(CancellationToken.None);
        slow.End.SetResult();
        await first;

        Assert.Equal(1, slow.Runs);
        Assert.Equal(0, off.Runs);
    }

    [Fact]
    public async Task Stopping_waits_for_a_running_task()
    {
        var slow = new BlockingTask();
        using var service = Service(slow);
        await service.StartAsync(CancellationToken.None);
        await RunsAsync(slow);
        var stop = service.StopAsync(CancellationToken.None);

        Assert.False(stop.IsCompleted);
        Assert.False(slow.Token.IsCancellationRequested);
        slow.End.SetResult();
        await stop;
        Assert.Equal(1, slow.Runs);
    }

    [Fact]
    public async Task Stopping_cancels_a_running_task_when_the_shutdown_timeout_expires()
    {
        var slow = new BlockingTask();
        using var service = Service(slow);
        using var patience = new CancellationTokenSource();
        await service.StartAsync(CancellationToken.None);
        await RunsAsync(slow);
        var stop = service.StopAsync(patience.Token);
        await patience.CancelAsync();
        await stop;

        Assert.True(slow.Token.IsCancellationRequested);
        slow.End.SetResult();
    }

    /// <summary>Advances the clock until a task runs.</summary>
    private async Task RunsAsync(BlockingTask slow)
    {
        while (slow.Runs == 0)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1);
        }
    }

    private BackgroundTaskService Service(params IBackgroundTask[] tasks)
    {
        var settings = new ShellSettings("Default", ShellConfiguration.Create(new ConfigurationBuilder().Build(), "Default")) { State = TenantState.Running };
        var services = new ServiceCollection().AddSingleton<IDistributedLock>(new TenantLock(new LocalLock(_time), settings));

        foreach (var task in tasks)
        {
            services.AddSingleton(task);
        }

        var shell = new ShellContext { Settings = settings, ServiceProvider = services.BuildServiceProvider(), Pipeline = new NoPipeline() };

        return new BackgroundTaskService(new SingleShellHost(shell), _time, NullLogger<BackgroundTaskService>.Instance);
    }

    private abstract class CountingTask : IBackgroundTask
    {
        public int Runs { get; private set; }

        public CancellationToken Token { get; private set; }

        public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            Runs++;

            return WorkAsync();
        }

        protected virtual Task WorkAsync() => Task.CompletedTask;
    }

    [BackgroundTask(Schedule = "*/15 * * * *")]
    private sealed class EveryQuarterHour : CountingTask;

    [BackgroundTask(Schedule = "*/15 * * * *")]
    private sealed class Failing : CountingTask
    {
        protected override Task WorkAsync() => throw new InvalidOperationException("It fails.");
    }

    [BackgroundTask(Schedule = "*/15 * * * *", Enable = false)]
    private sealed class DisabledTask : CountingTask;

    [BackgroundTask(Schedule = "*/15 * * * *")]
    private sealed class BlockingTask : CountingTask
    {
        public TaskCompletionSource End { get; } = new();

        protected override Task WorkAsync() => End.Task;
    }

    private sealed class NoPipeline : IShellPipeline
    {
        public Task Invoke(object context) => Task.CompletedTask;
    }

    private sealed class SingleShellHost(ShellContext shell) : IShellHost
    {
        public Task InitializeAsync() => Task.CompletedTask;

        public IEnumerable<ShellSettings> GetAllSettings() => [shell.Settings];

        public bool TryGetSettings(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ShellSettings? settings)
        {
            settings = shell.Settings;

            return true;
        }

        public IEnumerable<ShellContext> ListShellContexts() => [shell];

        public Task<ShellContext> GetOrCreateShellContextAsync(ShellSettings settings) => Task.FromResult(shell);

        public async Task<ShellScope> GetScopeAsync(ShellSettings settings) => (await shell.CreateScopeAsync())!;

        public Task UpdateShellSettingsAsync(ShellSettings settings) => Task.CompletedTask;

        public Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true) => Task.CompletedTask;

        public Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true) => Task.CompletedTask;

        public Task RemoveShellSettingsAsync(ShellSettings settings) => Task.CompletedTask;
    }
}
