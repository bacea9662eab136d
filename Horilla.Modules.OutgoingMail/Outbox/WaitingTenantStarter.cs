using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Starts the tenants that have waiting messages when the host starts, two at a time. Other tenants start with their first request.</summary>
internal sealed partial class WaitingTenantStarter(IShellHost shellHost, IOptions<ShellOptions> options, ILogger<WaitingTenantStarter> logger) : BackgroundService
{
    private const int MaxConcurrency = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host goes on starting in the meantime.
        await Task.Yield();

        try
        {
            await shellHost.InitializeAsync();
            var folder = WaitingTenantMarker.GetTenantsFolder(options.Value);
            var waiting = shellHost.GetAllSettings()
                .Where(settings => settings.IsRunning() && File.Exists(Path.Combine(folder, settings.Name, WaitingTenantMarker.FileName)));
            await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = stoppingToken }, StartAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
    }

    private async ValueTask StartAsync(ShellSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            // Activating the shell starts its sender.
            await (await shellHost.GetScopeAsync(settings)).UsingAsync(_ => Task.CompletedTask);
        }
        catch (Exception e)
        {
            LogTenantFailed(e, settings.Name);
        }
    }

    [LoggerMessage(31, LogLevel.Error, "The tenants with waiting messages couldn't be determined. Their messages are sent from the first request on.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(32, LogLevel.Error, "The tenant '{Tenant}' has waiting messages but couldn't be started. They are sent from its first request on.")]
    private partial void LogTenantFailed(Exception exception, string tenant);
}
