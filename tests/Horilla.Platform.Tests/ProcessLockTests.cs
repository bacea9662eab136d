using Horilla.Platform.Locking;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class ProcessLockTests
{
    private readonly ProcessLock _locks = new(TimeProvider.System);

    [Fact]
    public async Task A_lock_is_held_by_one_at_a_time()
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
    public async Task A_lock_that_is_held_is_not_got_in_time()
    {
        await using var held = await _locks.AcquireLockAsync("a");
        var (locker, locked) = await _locks.TryAcquireLockAsync("a", TimeSpan.Zero);

        Assert.False(locked);
        await locker.DisposeAsync();
        Assert.True(await _locks.IsLockAcquiredAsync("a"));
    }

    [Fact]
    public async Task Another_name_is_another_lock()
    {
        await using var held = await _locks.AcquireLockAsync("a");

        Assert.True((await _locks.TryAcquireLockAsync("b", TimeSpan.Zero)).locked);
    }

    [Fact]
    public async Task A_lock_that_expires_is_free_and_its_holder_takes_nothing_away()
    {
        var held = await _locks.AcquireLockAsync("a", TimeSpan.FromMilliseconds(1));
        await using var next = await _locks.AcquireLockAsync("a");
        await held.DisposeAsync();

        Assert.False((await _locks.TryAcquireLockAsync("a", TimeSpan.Zero)).locked);
    }
}
