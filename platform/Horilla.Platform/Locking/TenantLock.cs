using OrchardCore.Environment.Shell;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;

namespace Horilla.Platform.Locking;

/// <summary>The locks of one tenant. They outlive its shell, so that the old and the new shell share them.</summary>
internal sealed class TenantLock(LocalLock locks, ShellSettings settings) : ILocalLock, IDistributedLock
{
    public Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null) => locks.AcquireLockAsync(GetTenantKey(key), expiration);

    public Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null)
        => locks.TryAcquireLockAsync(GetTenantKey(key), timeout, expiration);

    public Task<bool> IsLockAcquiredAsync(string key) => locks.IsLockAcquiredAsync(GetTenantKey(key));

    private string GetTenantKey(string key) => $"{settings.Name}\n{key}";
}
