using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Memory;

namespace Horilla.Platform.Admin.Users;

/// <summary>
/// Limits password guessing without locking out users who have signed in before. Wrong passwords count by address and user
/// name, by address, and by user name where they come from many addresses. A browser that the user has signed in with has
/// its own counter. An attempt counts as soon as it begins, so that concurrent attempts all count and none waits for
/// another. One instance per tenant shell. Thread-safe.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time) : IDisposable
{
    private static readonly Limit Pair = new(5, TimeSpan.FromMinutes(5));
    private static readonly Limit Address = new(50, TimeSpan.FromMinutes(5));
    private static readonly Limit Name = new(20, TimeSpan.FromMinutes(15));
    private static readonly Limit Device = new(5, TimeSpan.FromMinutes(5));

    private readonly MemoryCache _counters = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <summary>Begins an attempt.</summary>
    /// <param name="address">The address it comes from, or null if it's unknown.</param>
    /// <param name="userName">The user name, normalized.</param>
    /// <param name="device">The ID of a browser that this user has signed in with, or null for any other browser.</param>
    /// <returns>Whether the password may be checked.</returns>
    public bool TryAcquire(IPAddress? address, string userName, string? device)
    {
        // The narrowest counter comes first, so that a blocked address doesn't use up the attempts of others.
        return GetCounters(address, userName, device).All(counter => counter.TryIncrement(time));
    }

    /// <summary>Removes an attempt with the right password from the counts.</summary>
    /// <inheritdoc cref="TryAcquire"/>
    public void RecordSuccess(IPAddress? address, string userName, string? device)
    {
        foreach (var counter in GetCounters(address, userName, device))
        {
            counter.Decrement();
        }
    }

    public void Dispose() => _counters.Dispose();

    private IEnumerable<Counter> GetCounters(IPAddress? address, string userName, string? device)
    {
        if (device is not null)
        {
            yield return GetCounter($"device {device}", Device);

            yield break;
        }

        var network = GetNetwork(address);
        yield return GetCounter($"pair {network} {userName}", Pair);
        yield return GetCounter($"address {network}", Address);
        yield return GetCounter($"name {userName}", Name);
    }

    private Counter GetCounter(string key, Limit limit) => _counters.GetOrCreate(key, entry =>
    {
        entry.Size = 1;
        entry.SlidingExpiration = limit.Period;

        return new Counter(limit);
    })!;

    /// <summary>Returns the address, or its /64 network for IPv6, where a client usually has the whole network.</summary>
    private static string GetNetwork(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes(), 0, 8) : plain.ToString();
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Limit(int Attempts, TimeSpan Period);

    private sealed class Counter(Limit limit)
    {
        private readonly Lock _lock = new();
        private long _since;
        private int _attempts;

        public bool TryIncrement(TimeProvider time)
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

        public void Decrement()
        {
            lock (_lock)
            {
                _attempts = Math.Max(_attempts - 1, 0);
            }
        }
    }
}
