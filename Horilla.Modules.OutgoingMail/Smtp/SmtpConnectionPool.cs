namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The connections to a server, for one revision of its configuration. Each message rents a lease and returns it with the
/// connection that it used. There are as many leases as there may be connections. Thread-safe.
/// </summary>
/// <param name="settings">The server.</param>
/// <param name="options">How long connections are kept.</param>
/// <param name="concurrencyStamp">See <see cref="ConcurrencyStamp"/>.</param>
/// <param name="modifiedUtc">See <see cref="ModifiedUtc"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class SmtpConnectionPool(SmtpServerSettings settings, SmtpConnectionOptions options, string concurrencyStamp, DateTime modifiedUtc, TimeProvider time)
{
    private readonly SemaphoreSlim _leases = new(settings.MaxConnections);
    private readonly SmtpConnectionBackOff _backOff = new(time);
    private readonly SmtpMessageLimit _messageLimit = new(time);
    private readonly Lock _lock = new();
    private readonly HashSet<SmtpConnection> _openConnections = [];
    private readonly HashSet<SmtpConnection> _usedConnections = [];
    private readonly Stack<SmtpConnection> _idleConnections = [];
    private int _rentedLeases;
    private bool _isDraining;

    /// <summary>The server.</summary>
    public SmtpServerSettings Settings => settings;

    /// <summary>The revision of its configuration.</summary>
    public string ConcurrencyStamp => concurrencyStamp;

    /// <summary>When that revision was made, in UTC.</summary>
    public DateTime ModifiedUtc => modifiedUtc;

    /// <summary>Keeps messages from retrying a rejected password.</summary>
    public SmtpSignInCircuitBreaker SignInCircuitBreaker { get; } = new(time);

    /// <summary>Whether a connection is in use. An idle one may be dead, and proves nothing.</summary>
    public bool HasConnectionInUse
    {
        get
        {
            lock (_lock)
            {
                return _usedConnections.Count > 0;
            }
        }
    }

    /// <summary>Waits for a lease.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<SmtpConnectionLease> RentAsync(CancellationToken cancellationToken)
    {
        await _leases.WaitAsync(cancellationToken);

        lock (_lock)
        {
            _rentedLeases++;
        }

        return new SmtpConnectionLease(this);
    }

    /// <summary>Takes an idle connection that is alive, and closes those that are not. Returns null if there is none.</summary>
    public async Task<SmtpConnection?> TryTakeIdleAsync(CancellationToken cancellationToken)
    {
        while (TryPopIdle() is { } connection)
        {
            if (await IsAliveAsync(connection, cancellationToken))
            {
                lock (_lock)
                {
                    _usedConnections.Add(connection);
                }

                return connection;
            }

            await CloseAsync(connection);
        }

        return null;
    }

    /// <summary>Adds a connection that was opened for a lease.</summary>
    public void Add(SmtpConnection connection)
    {
        lock (_lock)
        {
            _openConnections.Add(connection);
            _usedConnections.Add(connection);
        }

        _backOff.Reset();
    }

    /// <summary>Returns a lease with the connection that it used, or null if it used none.</summary>
    public void Return(SmtpConnection? connection)
    {
        if (connection is null || TryKeep(connection))
        {
            Release();
        }
        else
        {
            // The lease becomes available only after the connection is closed. The sender doesn't wait for that.
            _ = CloseAsync(connection).ContinueWith(_ => Release(), TaskScheduler.Default);
        }
    }

    /// <summary>
    /// Gives up a lease for a while, because the server accepts no more connections than are already open. Messages then wait for
    /// the connections of other leases. The last lease is kept, because without it nothing could be sent.
    /// </summary>
    /// <param name="isReturned">Whether this returned the lease.</param>
    /// <returns>Whether there is a connection to wait for.</returns>
    public bool TryBackOff(out bool isReturned)
    {
        lock (_lock)
        {
            isReturned = _rentedLeases > 1;

            if (!isReturned)
            {
                return _idleConnections.Count > 0;
            }

            _rentedLeases--;
        }

        _backOff.Withhold(() => _leases.Release());

        return true;
    }

    /// <summary>Limits the messages for each connection, because the server accepts no more. Connections that reach the limit are replaced.</summary>
    /// <param name="messages">The maximum number of messages, 1 or more.</param>
    public void LimitMessages(int messages)
    {
        lock (_lock)
        {
            _messageLimit.Lower(messages);
        }
    }

    /// <summary>Closes a connection.</summary>
    public async Task CloseAsync(SmtpConnection connection)
    {
        lock (_lock)
        {
            _usedConnections.Remove(connection);
        }

        await connection.CloseAsync();

        lock (_lock)
        {
            _openConnections.Remove(connection);
        }
    }

    /// <summary>Closes the connections that have been idle for too long.</summary>
    public Task CloseIdleAsync() => Task.WhenAll(RemoveIdle(HasExpired).Select(CloseAsync));

    /// <summary>Closes idle connections now, and those in use when their message is done.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _isDraining = true;
        }

        return Task.WhenAll(RemoveIdle(_ => true).Select(CloseAsync));
    }

    /// <summary>Closes all connections, which are no longer in use.</summary>
    public Task CloseAllAsync() => Task.WhenAll(BeginDrain().Select(CloseAsync));

    /// <summary>Aborts all connections.</summary>
    public void Abort()
    {
        foreach (var connection in BeginDrain())
        {
            connection.Abort();
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _rentedLeases--;
        }

        _leases.Release();
    }

    private SmtpConnection[] BeginDrain()
    {
        lock (_lock)
        {
            _isDraining = true;
            _idleConnections.Clear();

            return [.. _openConnections];
        }
    }

    /// <summary>Removes the idle connections that are to be closed.</summary>
    private SmtpConnection[] RemoveIdle(Func<SmtpConnection, bool> predicate)
    {
        lock (_lock)
        {
            var all = _idleConnections.ToArray();
            SmtpConnection[] removed = [.. all.Where(predicate)];
            _idleConnections.Clear();

            // A stack enumerates its newest item first.
            foreach (var connection in all.Except(removed).Reverse())
            {
                _idleConnections.Push(connection);
            }

            return removed;
        }
    }

    private SmtpConnection? TryPopIdle()
    {
        lock (_lock)
        {
            // The newest one, so that the others can expire and be closed.
            return _idleConnections.TryPop(out var connection) ? connection : null;
        }
    }

    private async Task<bool> IsAliveAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        var idleTime = connection.IdleTime;

        if (HasExpired(connection))
        {
            return false;
        }

        if (idleTime < options.CheckAfter && !connection.HasPendingData)
        {
            return true;
        }

        try
        {
            if (await connection.IsAliveAsync(cancellationToken))
            {
                return true;
            }
        }
        catch
        {
            // Cancelled during NOOP: its reply would be taken for the reply to the next command.
            await CloseAsync(connection);

            throw;
        }

        if (connection.TimedOut)
        {
            // A firewall that has dropped this connection has also dropped those that were idle for longer. Checking each of
            // them would take as long.
            foreach (var idleConnection in RemoveIdle(other => other.IdleTime >= idleTime))
            {
                idleConnection.Abort();
                await CloseAsync(idleConnection);
            }
        }

        return false;
    }

    private bool TryKeep(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_isDraining || !connection.IsOpen || HasReachedMessageLimit(connection) || options.IdleLimit == TimeSpan.Zero)
            {
                return false;
            }

            _idleConnections.Push(connection);
            _usedConnections.Remove(connection);

            return true;
        }
    }

    private bool HasExpired(SmtpConnection connection) => connection.IdleTime >= options.IdleLimit;

    private bool HasReachedMessageLimit(SmtpConnection connection)
        => connection.MessageCount >= _messageLimit.Current || (options.MessagesPerConnection > 0 && connection.MessageCount >= options.MessagesPerConnection);
}
