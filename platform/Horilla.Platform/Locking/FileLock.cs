namespace Horilla.Platform.Locking;

/// <summary>A lock among the processes that share a folder. It ends with its process, however that ends.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The file that stands for it; it is created.</param>
    /// <param name="wait">How long to wait for another process.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The lock; null where another process had it all that time.</returns>
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

            await Task.Delay(Pause, time);
        }
    }

    public void Dispose() => _file.Dispose();
}
