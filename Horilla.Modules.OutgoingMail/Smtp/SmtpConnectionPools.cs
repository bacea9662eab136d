using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Options;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The open connections of a tenant, by configuration. An edit replaces those of the configuration, and all are closed when
/// the shell of the tenant goes. One for each shell; thread-safe.
/// </summary>
public sealed class SmtpConnectionPools : IAsyncDisposable, IDisposable
{
    private readonly SmtpConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SmtpConnectionPool> _pools = new(StringComparer.Ordinal);
    private readonly ITimer _sweep;

    /// <summary>For one tenant.</summary>
    /// <param name="options">How long connections are kept.</param>
    /// <param name="time">The clock.</param>
    public SmtpConnectionPools(IOptions<SmtpConnectionOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        var period = TimeSpan.FromSeconds(Math.Max(_options.IdleSeconds / 4d, 1));
        _sweep = time.CreateTimer(_ => Sweep(), null, period, period);
    }

    /// <summary>The connections for a configuration as it is given.</summary>
    internal SmtpConnectionPool For(OutgoingMailConfiguration configuration)
    {
        SmtpConnectionPool? replaced;
        SmtpConnectionPool pool;

        lock (_lock)
        {
            if (_pools.TryGetValue(configuration.ConfigurationId, out replaced) && replaced.Revision == configuration.Revision)
            {
                return replaced;
            }

            pool = new SmtpConnectionPool(configuration.GetOrCreate<SmtpServerSettings>(), _options, configuration.Revision, configuration.ModifiedUtc, _time);

            if (replaced is null || replaced.ModifiedUtc <= configuration.ModifiedUtc)
            {
                _pools[configuration.ConfigurationId] = pool;
            }
            else
            {
                // Read before an edit that others know of already: its connections serve this message alone.
                replaced = pool;
            }
        }

        _ = replaced?.DrainAsync();

        return pool;
    }

    /// <summary>A configuration was changed or deleted: its connections are of no use any more.</summary>
    /// <param name="configurationId">The configuration.</param>
    /// <param name="revision">Its revision now; null where it is gone.</param>
    internal void Drain(string configurationId, string? revision)
    {
        SmtpConnectionPool? pool;

        lock (_lock)
        {
            if (!_pools.TryGetValue(configurationId, out pool) || pool.Revision == revision)
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
        await _sweep.DisposeAsync();
        await Task.WhenAll(All().Select(pool => pool.CloseAllAsync()));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sweep.Dispose();

        foreach (var pool in All())
        {
            pool.Abort();
        }
    }

    private SmtpConnectionPool[] All()
    {
        lock (_lock)
        {
            return [.. _pools.Values];
        }
    }

    private void Sweep()
    {
        foreach (var pool in All())
        {
            _ = pool.CloseIdleAsync();
        }
    }
}
