namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The connections to a server, as one revision of its configuration wants them. Who sends rents a lease, of which there
/// are as many as there may be connections, and returns it with the connection that it used. Thread-safe.
/// </summary>
/// <param name="settings">The server.</param>
/// <param name="options">How long connections are kept.</param>
/// <param name="revision">See <see cref="Revision"/>.</param>
/// <param name="modifiedUtc">See <see cref="ModifiedUtc"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class SmtpConnectionPool(SmtpServerSettings settings, SmtpConnectionOptions options, string revision, DateTime modifiedUtc, TimeProvider time)
{
    /// <summary>For how long a limit counts that the server seems to have: it may have been a moment of trouble.</summary>
    private static readonly TimeSpan MessageLimitAge = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _leases = new(settings.MaxConnections);
    private readonly SmtpConnectionBackOff _backOff = new(time);
    private readonly Lock _lock = new();
    private readonly HashSet<SmtpConnection> _open = [];
    private readonly HashSet<SmtpConnection> _used = [];
    private readonly Stack<SmtpConnection> _idle = [];
    private int _rented;
    private int _messageLimit = int.MaxValue;
    private long _messageLimitSince;
    private bool _isDraining;

    /// <summary>The server.</summary>
    public SmtpServerSettings Settings => settings;

    /// <summary>The revision of its configuration.</summary>
    public string Revision => revision;

    /// <summary>When that revision was made, in UTC.</summary>
    public DateTime ModifiedUtc => modifiedUtc;

    /// <summary>Keeps a rejected password from being tried by every message.</summary>
    public SmtpSignInGate SignInGate { get; } = new(time);

    /// <summary>Whether a connection is in use. One that is idle may be dead, and proves nothing.</summary>
    public bool HasConnection
    {
        get
        {
            lock (_lock)
            {
                return _used.Count > 0;
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
            _rented++;
        }

        return new SmtpConnectionLease(this);
    }

    /// <summary>An idle connection that is alive; null for none. Others that are found on the way are closed.</summary>
    public async Task<SmtpConnection?> TakeIdleAsync(CancellationToken cancellationToken)
    {
        while (Pop() is { } connection)
        {
            if (await IsAliveAsync(connection, cancellationToken))
            {
                lock (_lock)
                {
                    _used.Add(connection);
                }

                return connection;
            }

            await CloseAsync(connection);
        }

        return null;
    }

    /// <summary>A connection was opened for a lease.</summary>
    public void Add(SmtpConnection connection)
    {
        lock (_lock)
        {
            _open.Add(connection);
            _used.Add(connection);
        }

        _backOff.Succeeded();
    }

    /// <summary>Returns a lease, with the connection that was used; null for none.</summary>
    public void Return(SmtpConnection? connection)
    {
        if (connection is null || TryKeep(connection))
        {
            Release();
        }
        else
        {
            // The lease is free when the server has one connection less. Who sends does not wait for that.
            _ = CloseAsync(connection).ContinueWith(_ => Release(), TaskScheduler.Default);
        }
    }

    /// <summary>
    /// The server accepts no more connections than there are. The lease is given up for a while, and the connections of
    /// others serve who waits; without any, nobody could send.
    /// </summary>
    /// <param name="isReturned">Whether the lease is returned by this.</param>
    /// <returns>Whether there is a connection to wait for.</returns>
    public bool TryBackOff(out bool isReturned)
    {
        lock (_lock)
        {
            isReturned = _rented > 1;

            if (!isReturned)
            {
                return _idle.Count > 0;
            }

            _rented--;
        }

        _backOff.Withhold(() => _leases.Release());

        return true;
    }

    /// <summary>The server accepts no more than so many messages on one connection: from now on, connections are renewed in time.</summary>
    /// <param name="messages">How many; 1 or more.</param>
    public void LimitMessages(int messages)
    {
        lock (_lock)
        {
            _messageLimit = Math.Min(CurrentMessageLimit(), Math.Max(messages, 1));
            _messageLimitSince = time.GetTimestamp();
        }
    }

    /// <summary>Closes a connection.</summary>
    public async Task CloseAsync(SmtpConnection connection)
    {
        lock (_lock)
        {
            _used.Remove(connection);
        }

        await connection.CloseAsync();

        lock (_lock)
        {
            _open.Remove(connection);
        }
    }

    /// <summary>Closes the connections that have been idle for too long.</summary>
    public Task CloseIdleAsync() => Task.WhenAll(TakeIdle(IsTooOld).Select(CloseAsync));

    /// <summary>Closes what is idle now, and what is in use when its message is done.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _isDraining = true;
        }

        return Task.WhenAll(TakeIdle(_ => true).Select(CloseAsync));
    }

    /// <summary>Closes all connections: nobody uses one any more.</summary>
    public Task CloseAllAsync() => Task.WhenAll(Drained().Select(CloseAsync));

    /// <summary>Breaks all connections off.</summary>
    public void Abort()
    {
        foreach (var connection in Drained())
        {
            connection.Abort();
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _rented--;
        }

        _leases.Release();
    }

    private SmtpConnection[] Drained()
    {
        lock (_lock)
        {
            _isDraining = true;
            _idle.Clear();

            return [.. _open];
        }
    }

    /// <summary>Takes those idle connections out that are to be closed.</summary>
    private SmtpConnection[] TakeIdle(Func<SmtpConnection, bool> isWanted)
    {
        lock (_lock)
        {
            var all = _idle.ToArray();
            SmtpConnection[] taken = [.. all.Where(isWanted)];
            _idle.Clear();

            // A stack lists its newest first.
            foreach (var connection in all.Except(taken).Reverse())
            {
                _idle.Push(connection);
            }

            return taken;
        }
    }

    private SmtpConnection? Pop()
    {
        lock (_lock)
        {
            // The newest: the others may then grow old and be closed.
            return _idle.TryPop(out var connection) ? connection : null;
        }
    }

    private async Task<bool> IsAliveAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        var idle = connection.Idle;

        if (IsTooOld(connection))
        {
            return false;
        }

        if (idle < options.CheckAfter && !connection.HasPendingData)
        {
            return true;
        }

        try
        {
            if (await connection.AnswersAsync(cancellationToken))
            {
                return true;
            }
        }
        catch
        {
            // Given up while the server was asked: what it answers would be taken for the answer to something else.
            await CloseAsync(connection);

            throw;
        }

        if (connection.TimedOut)
        {
            // A firewall that has forgotten this connection has forgotten those that were silent for longer, too: each of
            // them would be waited for as long.
            foreach (var silent in TakeIdle(other => other.Idle >= idle))
            {
                silent.Abort();
                await CloseAsync(silent);
            }
        }

        return false;
    }

    private bool TryKeep(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_isDraining || !connection.IsOpen || IsExhausted(connection) || options.IdleLimit == TimeSpan.Zero)
            {
                return false;
            }

            _idle.Push(connection);
            _used.Remove(connection);

            return true;
        }
    }

    private bool IsTooOld(SmtpConnection connection) => connection.Idle >= options.IdleLimit;

    private bool IsExhausted(SmtpConnection connection)
        => connection.Messages >= CurrentMessageLimit() || (options.MessagesPerConnection > 0 && connection.Messages >= options.MessagesPerConnection);

    private int CurrentMessageLimit() => time.GetElapsedTime(_messageLimitSince) < MessageLimitAge ? _messageLimit : int.MaxValue;
}
