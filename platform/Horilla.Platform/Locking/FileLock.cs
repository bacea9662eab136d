namespace Horilla.Platform.Locking;

/// <summary>A lock between processes that share a folder. It is released when its process ends, even after a crash.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Tries to acquire the lock.</summary>
    /// <param name="path">The lock file. It is created if it doesn't exist.</param>
    /// <param name="wait">How long to wait for another process.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The lock, or null if another process held it the whole time.</returns>
    public static async Task<FileLock?> TryAcquireAsync(string path, TimeSpan wait, TimeProvider time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        for (var started = time.GetTimestamp(); ;)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                if (time.GetElapsedTime(started) >= wait)
                {
                    return null;
                }
            }

            await Task.Delay(PollInterval, time);
        }
    }

    public void Dispose() => _file.Dispose();
}
