using OrchardCore.Environment.Shell;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;

namespace Horilla.Platform.Locking;

/// <summary>The locks of one tenant, which outlive its shell: an old shell and the next one share them.</summary>
internal sealed class TenantLock(ProcessLock locks, ShellSettings settings) : ILocalLock, IDistributedLock
{
    public Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null) => locks.AcquireLockAsync(Own(key), expiration);

    public Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null)
        => locks.TryAcquireLockAsync(Own(key), timeout, expiration);

    public Task<bool> IsLockAcquiredAsync(string key) => locks.IsLockAcquiredAsync(Own(key));

    private string Own(string key) => $"{settings.Name}\n{key}";
}
