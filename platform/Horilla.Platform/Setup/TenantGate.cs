using Horilla.Platform.Locking;
using Horilla.Platform.Shells;

namespace Horilla.Platform.Setup;

/// <summary>
/// One change of a tenant at a time, among all hosts that share the folder of tenants: what is decided on its state holds
/// until it is done. Thread-safe.
/// </summary>
internal sealed class TenantGate(TenantFolders folders, ShellHost shellHost, TimeProvider time) : IDisposable
{
    /// <summary>How long another host may take for its change.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Waits for its turn. The tenants are then those of the file, whoever changed them.</summary>
    /// <exception cref="IOException">Another host does not come to an end with its change.</exception>
    public async Task<IDisposable> EnterAsync()
    {
        await _gate.WaitAsync();
        FileLock? held = null;

        try
        {
            held = await FileLock.TryAcquireAsync(folders.LockFile("tenants"), Wait, time) ?? throw new IOException("Another host is changing the tenants and does not come to an end. Try again, or look at that host.");
            await shellHost.RefreshAsync();

            return new Turn(_gate, held);
        }
        catch
        {
            held?.Dispose();
            _gate.Release();

            throw;
        }
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate, FileLock held) : IDisposable
    {
        public void Dispose()
        {
            held.Dispose();
            gate.Release();
        }
    }
}
