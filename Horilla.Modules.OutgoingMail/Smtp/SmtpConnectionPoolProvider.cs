using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Options;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The connection pools of a tenant, by configuration. An edit replaces the pool of its configuration. All connections are
/// closed when the tenant shell is released. One instance for each tenant shell; thread-safe.
/// </summary>
public sealed class SmtpConnectionPoolProvider : IAsyncDisposable, IDisposable
{
    private readonly SmtpConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SmtpConnectionPool> _pools = new(StringComparer.Ordinal);
    private readonly ITimer _sweepTimer;

    /// <summary>Creates the pools of one tenant.</summary>
    /// <param name="options">How long connections are kept.</param>
    /// <param name="time">The clock.</param>
    public SmtpConnectionPoolProvider(IOptions<SmtpConnectionOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        var period = TimeSpan.FromSeconds(Math.Max(_options.IdleSeconds / 4d, 1));
        _sweepTimer = time.CreateTimer(_ => CloseIdleConnections(), null, period, period);
    }

    /// <summary>Returns the pool for this revision of a configuration.</summary>
    internal SmtpConnectionPool GetOrCreate(OutgoingMailConfiguration configuration)
    {
        SmtpConnectionPool? replaced;
        SmtpConnectionPool pool;

        lock (_lock)
        {
            if (_pools.TryGetValue(configuration.ConfigurationId, out replaced) && replaced.ConcurrencyStamp == configuration.ConcurrencyStamp)
            {
                return replaced;
            }

            pool = CreateUnshared(configuration);

            if (replaced is null || replaced.ModifiedUtc <= configuration.ModifiedUtc)
            {
                _pools[configuration.ConfigurationId] = pool;
            }
            else
            {
                // The configuration was read before an edit that is already in use. This pool serves only this message.
                replaced = pool;
            }
        }

        _ = replaced?.DrainAsync();

        return pool;
    }

    /// <summary>Creates a pool that isn't kept. Its user has to close it.</summary>
    internal SmtpConnectionPool CreateUnshared(OutgoingMailConfiguration configuration)
        => new(configuration.GetOrCreate<SmtpServerSettings>(), _options, configuration.ConcurrencyStamp, configuration.ModifiedUtc, _time);

    /// <summary>Closes the connections of a configuration that was changed or deleted.</summary>
    /// <param name="configurationId">The ID of the configuration.</param>
    /// <param name="concurrencyStamp">Its current revision; null if it was deleted.</param>
    internal void Drain(string configurationId, string? concurrencyStamp)
    {
        SmtpConnectionPool? pool;

        lock (_lock)
        {
            if (!_pools.TryGetValue(configurationId, out pool) || pool.ConcurrencyStamp == concurrencyStamp)
            {
                return;
            }

            _pools.Remove(configurationId);
        }

        _ = pool.DrainAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _sweepTimer.DisposeAsync();
        await Task.WhenAll(GetPools().Select(pool => pool.CloseAllAsync()));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sweepTimer.Dispose();

        foreach (var pool in GetPools())
        {
            pool.Abort();
        }
    }

    private SmtpConnectionPool[] GetPools()
    {
        lock (_lock)
        {
            return [.. _pools.Values];
        }
    }

    private void CloseIdleConnections()
    {
        foreach (var pool in GetPools())
        {
            _ = pool.CloseIdleAsync();
        }
    }
}
