using Horilla.Platform.Shells;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Hosting;

/// <summary>Detects changes by other hosts that share the folder of tenants.</summary>
internal sealed partial class TenantsFileWatcher(ShellHost shellHost, TenantPaths folders, TimeProvider time, ILogger<TenantsFileWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);

        // Ends the loop when the host stops, also while it's still starting.
        await using var stopping = stoppingToken.Register(timer.Dispose);
        var seen = GetFileStamp();
        (DateTime, long)? reported = null;

        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            var now = GetFileStamp();

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
                // The file is read again at the next tick, but the error is logged once.
                if (reported != now)
                {
                    LogNotRead(e, folders.TenantsFile);
                }

                reported = now;
            }
        }
    }

    /// <summary>Returns a stamp of what is at the file's path, so that something other than a file is also noticed.</summary>
    private (DateTime Written, long Length) GetFileStamp()
        => (File.GetLastWriteTimeUtc(folders.TenantsFile), new FileInfo(folders.TenantsFile) is { Exists: true } file ? file.Length : 0);

    [LoggerMessage(1, LogLevel.Error, "The file '{File}' was changed and can't be read. The tenants stay as they were.")]
    private partial void LogNotRead(Exception exception, string file);
}
