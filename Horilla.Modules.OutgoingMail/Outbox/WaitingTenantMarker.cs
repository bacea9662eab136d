using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// A file in the tenant's folder that says that messages may be waiting. After a restart, <see cref="WaitingTenantStarter"/>
/// starts the tenants that have one, without opening the databases of the others. One instance per tenant shell; thread-safe.
/// </summary>
public sealed partial class WaitingTenantMarker(IOptions<ShellOptions> options, ShellSettings settings, TimeProvider time, ILogger<WaitingTenantMarker> logger)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "outgoing-mail-waiting";

    /// <summary>A file that is younger isn't removed: a message may be stored and not yet committed.</summary>
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(10);

    private long _setAt;

    private string FilePath => Path.Combine(GetTenantsFolder(options.Value), settings.Name, FileName);

    /// <summary>Returns the folder that has a folder for each tenant.</summary>
    public static string GetTenantsFolder(ShellOptions options) => Path.Combine(options.ShellsApplicationDataPath, options.ShellsContainerName);

    /// <summary>Creates the file. Does nothing if this was done recently.</summary>
    public void Set()
    {
        var now = time.GetTimestamp();
        var setAt = Interlocked.Read(ref _setAt);

        if (setAt != 0 && time.GetElapsedTime(setAt, now) < MinAge / 2)
        {
            return;
        }

        try
        {
            File.WriteAllText(FilePath, "");
            Interlocked.Exchange(ref _setAt, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The messages are sent all the same, but after a crash not before the tenant's first request.
            LogNotWritten(e, FilePath);
        }
    }

    /// <summary>Removes the file, because no message is waiting.</summary>
    public void Clear()
    {
        try
        {
            var file = new FileInfo(FilePath);

            if (file.Exists && time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > MinAge)
            {
                file.Delete();
                Interlocked.Exchange(ref _setAt, 0);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(e, FilePath);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "The file {File} couldn't be written. After a restart, waiting messages are sent from the tenant's first request on.")]
    private partial void LogNotWritten(Exception exception, string file);
}
