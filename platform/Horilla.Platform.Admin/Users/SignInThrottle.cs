using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Caching.Memory;

namespace Horilla.Platform.Admin.Users;

/// <summary>
/// Bounds guesses at passwords without locking anybody out who has signed in before: wrong passwords count by address and
/// user name, by address, and by user name where they come from many addresses. A browser that the user has signed in with
/// counts for itself. An attempt counts from its beginning, so that many at once are counted as many, and none waits for
/// another. One for each tenant shell; thread-safe.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time) : IDisposable
{
    private static readonly Limit Pair = new(5, TimeSpan.FromMinutes(5));
    private static readonly Limit Address = new(50, TimeSpan.FromMinutes(5));
    private static readonly Limit Name = new(20, TimeSpan.FromMinutes(15));
    private static readonly Limit Device = new(5, TimeSpan.FromMinutes(5));

    private readonly MemoryCache _counters = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <summary>Begins an attempt.</summary>
    /// <param name="address">Where it comes from; null for unknown.</param>
    /// <param name="userName">The user name, normalized.</param>
    /// <param name="device">The id of a browser that this user has signed in with; null for another one.</param>
    /// <returns>Whether the password may be looked at.</returns>
    public bool TryBegin(IPAddress? address, string userName, string? device)
    {
        // The narrowest comes first: what one address may not try any more takes nothing from what the others may.
        return CountersOf(address, userName, device).All(counter => counter.TryAdd(time));
    }

    /// <summary>The password was right: the attempt was none to guess it.</summary>
    /// <inheritdoc cref="TryBegin"/>
    public void Succeeded(IPAddress? address, string userName, string? device)
    {
        foreach (var counter in CountersOf(address, userName, device))
        {
            counter.Remove();
        }
    }

    public void Dispose() => _counters.Dispose();

    private IEnumerable<Counter> CountersOf(IPAddress? address, string userName, string? device)
    {
        if (device is not null)
        {
            yield return CounterOf($"device {device}", Device);

            yield break;
        }

        var network = NetworkOf(address);
        yield return CounterOf($"pair {network} {userName}", Pair);
        yield return CounterOf($"address {network}", Address);
        yield return CounterOf($"name {userName}", Name);
    }

    private Counter CounterOf(string key, Limit limit) => _counters.GetOrCreate(key, entry =>
    {
        entry.Size = 1;
        entry.SlidingExpiration = limit.Period;

        return new Counter(limit);
    })!;

    /// <summary>Who has one IPv6 address has all of its network of 64 bits.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes(), 0, 8) : plain.ToString();
    }

    private readonly record struct Limit(int Attempts, TimeSpan Period);

    private sealed class Counter(Limit limit)
    {
        private readonly Lock _lock = new();
        private long _since;
        private int _attempts;

        public bool TryAdd(TimeProvider time)
        {
            lock (_lock)
            {
                if (_attempts == 0 || time.GetElapsedTime(_since) >= limit.Period)
                {
                    _since = time.GetTimestamp();
                    _attempts = 0;
                }

                return ++_attempts <= limit.Attempts;
            }
        }

        public void Remove()
        {
            lock (_lock)
            {
                _attempts = Math.Max(_attempts - 1, 0);
            }
        }
    }
}
