using Horilla.Platform.Locking;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class ProcessLockTests
{
    private readonly LocalLock _locks = new(TimeProvider.System);

    [Fact]
    public async Task A_lock_has_one_holder_at_a_time()
    {
        var inside = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            await using var locker = await _locks.AcquireLockAsync("a");
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }));

        Assert.Equal(1, most);
        Assert.False(await _locks.IsLockAcquiredAsync("a"));
    }

    [Fact]
    public async Task Acquiring_a_held_lock_times_out()
    {
        await using var held = await _locks.AcquireLockAsync("a");
        var (locker, locked) = await _locks.TryAcquireLockAsync("a", TimeSpan.Zero);

        Assert.False(locked);
        await locker.DisposeAsync();
        Assert.True(await _locks.IsLockAcquiredAsync("a"));
    }

    [Fact]
    public async Task Locks_with_different_names_are_independent()
    {
        await using var held = await _locks.AcquireLockAsync("a");

        Assert.True((await _locks.TryAcquireLockAsync("b", TimeSpan.Zero)).locked);
    }

    [Fact]
    public async Task An_expired_lock_can_be_acquired_and_its_old_holder_cannot_release_it()
    {
        var held = await _locks.AcquireLockAsync("a", TimeSpan.FromMilliseconds(1));
        await using var next = await _locks.AcquireLockAsync("a");
        await held.DisposeAsync();

        Assert.False((await _locks.TryAcquireLockAsync("a", TimeSpan.Zero)).locked);
    }
}
