namespace OrchardCore.Locking;

/// <summary>Locks by name. Thread-safe.</summary>
public interface ILock
{
    /// <summary>Waits for the lock until it is there; after <paramref name="expiration"/> it is given up, however long its holder still works.</summary>
    Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null);

    /// <summary>Waits for the lock for so long at most.</summary>
    /// <returns>The lock and whether it was got; without it, the locker does nothing.</returns>
    Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null);

    Task<bool> IsLockAcquiredAsync(string key);
}
