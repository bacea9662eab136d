namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The connections to a server, as one revision of its configuration wants them. Who sends takes a place, of which there
/// are as many as there may be connections, and gives it back with the connection that it used. Thread-safe.
/// </summary>
/// <param name="settings">The server.</param>
/// <param name="options">How long connections are kept.</param>
/// <param name="revision">See <see cref="Revision"/>.</param>
/// <param name="modifiedUtc">See <see cref="ModifiedUtc"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class SmtpConnectionPool(SmtpServerSettings settings, SmtpConnectionOptions options, string revision, DateTime modifiedUtc, TimeProvider time)
{
    /// <summary>For how long a server that takes no more connections is not asked for one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _places = new(settings.MaxConnections);
    private readonly Lock _lock = new();
    private readonly HashSet<SmtpConnection> _open = [];
    private readonly Stack<SmtpConnection> _idle = [];
    private int _taken;
    private bool _isRetired;

    /// <summary>The server.</summary>
    public SmtpServerSettings Settings => settings;

    /// <summary>The revision of its configuration.</summary>
    public string Revision => revision;

    /// <summary>When that revision was made, in UTC.</summary>
    public DateTime ModifiedUtc => modifiedUtc;

    /// <summary>Waits for a place.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<SmtpPlace> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);

        lock (_lock)
        {
            _taken++;
        }

        return new SmtpPlace(this);
    }

    /// <summary>An idle connection that the server still holds; null for none. Others that are found on the way are closed.</summary>
    public async Task<SmtpConnection?> TakeIdleAsync(CancellationToken cancellationToken)
    {
        while (Pop() is { } connection)
        {
            if (await IsGoodAsync(connection, cancellationToken))
            {
                return connection;
            }

            await CloseAsync(connection);
        }

        return null;
    }

    /// <summary>A connection was opened, for who has a place.</summary>
    public void Add(SmtpConnection connection)
    {
        lock (_lock)
        {
            _open.Add(connection);
        }
    }

    /// <summary>Gives a place back, with the connection that was used; null for none.</summary>
    public void Leave(SmtpConnection? connection)
    {
        if (connection is null || TryKeep(connection))
        {
            Free();
        }
        else
        {
            // The place is free when the server has one connection less. Who sends does not wait for that.
            _ = CloseAsync(connection).ContinueWith(_ => Free(), TaskScheduler.Default);
        }
    }

    /// <summary>
    /// Who has a place was turned away by the server. If others have connections, the place is left empty for a while, and
    /// they serve who waits; without any, nobody could send.
    /// </summary>
    /// <param name="isLeftEmpty">Whether the place is given back by this.</param>
    /// <returns>Whether there is a connection to wait for.</returns>
    public bool TryYield(out bool isLeftEmpty)
    {
        lock (_lock)
        {
            isLeftEmpty = _taken > 1;

            if (!isLeftEmpty)
            {
                return _idle.Count > 0;
            }

            _taken--;
        }

        _ = Task.Delay(Pause, time).ContinueWith(_ => _places.Release(), TaskScheduler.Default);

        return true;
    }

    /// <summary>Closes a connection.</summary>
    public async Task CloseAsync(SmtpConnection connection)
    {
        await connection.CloseAsync();

        lock (_lock)
        {
            _open.Remove(connection);
        }
    }

    /// <summary>Closes the connections that have been idle for too long.</summary>
    public Task CloseIdleAsync()
    {
        SmtpConnection[] old;

        lock (_lock)
        {
            var all = _idle.ToArray();
            old = [.. all.Where(IsTooOld)];
            _idle.Clear();

            // A stack lists its newest first.
            foreach (var connection in all.Except(old).Reverse())
            {
                _idle.Push(connection);
            }
        }

        return Task.WhenAll(old.Select(CloseAsync));
    }

    /// <summary>Closes what is idle now, and what is in use when its message is done.</summary>
    public Task RetireAsync()
    {
        SmtpConnection[] idle;

        lock (_lock)
        {
            _isRetired = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        return Task.WhenAll(idle.Select(CloseAsync));
    }

    /// <summary>Closes all connections: nobody uses one any more.</summary>
    public Task CloseAllAsync() => Task.WhenAll(Retired().Select(CloseAsync));

    /// <summary>Breaks all connections off.</summary>
    public void Abort()
    {
        foreach (var connection in Retired())
        {
            connection.Abort();
        }
    }

    private void Free()
    {
        lock (_lock)
        {
            _taken--;
        }

        _places.Release();
    }

    private SmtpConnection[] Retired()
    {
        lock (_lock)
        {
            _isRetired = true;
            _idle.Clear();

            return [.. _open];
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

    private async Task<bool> IsGoodAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        if (IsTooOld(connection))
        {
            return false;
        }

        try
        {
            return (connection.Idle < options.CheckAfter && !connection.HasStirred) || await connection.AnswersAsync(cancellationToken);
        }
        catch
        {
            // Given up while the server was asked: what it answers would be taken for the answer to something else.
            await CloseAsync(connection);

            throw;
        }
    }

    private bool TryKeep(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_isRetired || !connection.IsOpen || IsWorn(connection) || options.IdleLimit == TimeSpan.Zero)
            {
                return false;
            }

            _idle.Push(connection);

            return true;
        }
    }

    private bool IsTooOld(SmtpConnection connection) => connection.Idle >= options.IdleLimit;

    private bool IsWorn(SmtpConnection connection) => options.MessagesPerConnection > 0 && connection.Messages >= options.MessagesPerConnection;
}
