namespace OrchardCore.Locking;

/// <summary>Locks by name. Thread-safe.</summary>
public interface ILock
{
    /// <summary>Waits until the lock is acquired. After <paramref name="expiration"/> it is released, even if its holder is still working.</summary>
    Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null);

    /// <summary>Waits for the lock for at most <paramref name="timeout"/>.</summary>
    /// <returns>The locker, and whether the lock was acquired. If it wasn't, the locker does nothing.</returns>
    Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null);

    Task<bool> IsLockAcquiredAsync(string key);
}
