using Horilla.Platform.Shells;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Hosting;

/// <summary>Notices what other hosts that share the folder of tenants have changed there.</summary>
internal sealed partial class TenantsWatcher(ShellHost shellHost, TenantFolders folders, TimeProvider time, ILogger<TenantsWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var seen = Stamp();
        (DateTime, long)? reported = null;

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = Stamp();

            if (now == seen && !shellHost.GetAllSettings().Any(settings => settings.IsInitializing()))
            {
                continue;
            }

            try
            {
                await shellHost.RefreshAsync();
                seen = now;
            }
            catch (Exception e)
            {
                // It is looked at again, and told about once.
                if (reported != now)
                {
                    LogNotRead(e, folders.TenantsFile);
                }

                reported = now;
            }
        }
    }

    /// <summary>Of what is there under its name: anything but a file is noticed too.</summary>
    private (DateTime Written, long Length) Stamp()
        => (File.GetLastWriteTimeUtc(folders.TenantsFile), new FileInfo(folders.TenantsFile) is { Exists: true } file ? file.Length : 0);

    [LoggerMessage(1, LogLevel.Error, "The file '{File}' was changed and cannot be read. The tenants stay as they were.")]
    private partial void LogNotRead(Exception exception, string file);
}
