using Horilla.Platform.Locking;
using Horilla.Platform.Shells;

namespace Horilla.Platform.Setup;

/// <summary>
/// Allows one change of a tenant at a time among all hosts that share the folder of tenants, so that the state that the
/// change is based on stays valid until it is done. Thread-safe.
/// </summary>
internal sealed class SetupMutex(TenantPaths folders, ShellHost shellHost, TimeProvider time) : IDisposable
{
    /// <summary>How long to wait for the change of another host.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Waits for its turn, then loads the tenants from the file, including the changes of other hosts.</summary>
    /// <exception cref="IOException">Another host didn't finish its change in time.</exception>
    public async Task<IDisposable> AcquireAsync()
    {
        await _gate.WaitAsync();
        FileLock? held = null;

        try
        {
            held = await FileLock.TryAcquireAsync(folders.LockFile("tenants"), Wait, time) ?? throw new IOException("Another host is changing the tenants and hasn't finished. Try again, or check the other host.");
            await shellHost.RefreshAsync();

            return new Releaser(_gate, held);
        }
        catch
        {
            held?.Dispose();
            _gate.Release();

            throw;
        }
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Releaser(SemaphoreSlim gate, FileLock held) : IDisposable
    {
        public void Dispose()
        {
            held.Dispose();
            gate.Release();
        }
    }
}
