using OrchardCore.Locking;

namespace Horilla.Platform.Locking;

/// <summary>Locks within this process. A key is kept as long as its lock is held or waited for. Thread-safe.</summary>
internal sealed class LocalLock(TimeProvider time) : ILock
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null)
        => (await TryAcquireLockAsync(key, Timeout.InfiniteTimeSpan, expiration)).locker;

    public async Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null)
    {
        var entry = Enter(key);

        if (!await entry.Gate.WaitAsync(timeout))
        {
            Leave(key, entry);

            return (LocalLocker.NotAcquired, false);
        }

        return (new LocalLocker(this, key, entry, time, expiration), true);
    }

    public Task<bool> IsLockAcquiredAsync(string key)
    {
        lock (_entries)
        {
            return Task.FromResult(_entries.TryGetValue(key, out var entry) && entry.Gate.CurrentCount == 0);
        }
    }

    private Entry Enter(string key)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry = new Entry();
            }

            entry.Users++;

            return entry;
        }
    }

    private void Leave(string key, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0)
            {
                _entries.Remove(key);
                entry.Gate.Dispose();
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class LocalLocker : ILocker
    {
        public static readonly LocalLocker NotAcquired = new();

        private readonly Action? _release;
        private readonly ITimer? _expiration;
        private int _released;

        public LocalLocker(LocalLock owner, string key, Entry entry, TimeProvider time, TimeSpan? expiration)
        {
            _release = () =>
            {
                entry.Gate.Release();
                owner.Leave(key, entry);
            };
            _expiration = expiration is { } after ? time.CreateTimer(_ => Release(), null, after, Timeout.InfiniteTimeSpan) : null;
        }

        private LocalLocker()
        {
        }

        public void Dispose()
        {
            _expiration?.Dispose();
            Release();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();

            return ValueTask.CompletedTask;
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                _release?.Invoke();
            }
        }
    }
}
