namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The right to use one connection of a pool, for one message. Disposing the lease returns it.</summary>
/// <param name="pool">The pool.</param>
internal sealed class SmtpConnectionLease(SmtpConnectionPool pool) : IDisposable
{
    private SmtpConnection? _connection;
    private bool _isReturned;

    /// <summary>Takes an idle connection from the pool. Returns null if there is none.</summary>
    public async Task<SmtpConnection?> TryTakeIdleAsync(CancellationToken cancellationToken) => _connection = await pool.TryTakeIdleAsync(cancellationToken);

    /// <summary>Uses a connection that was opened for this lease.</summary>
    public SmtpConnection Attach(SmtpConnection opened)
    {
        pool.Add(opened);
        _connection = opened;

        return opened;
    }

    /// <summary>Closes its connection to make room for another one.</summary>
    public async Task CloseConnectionAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await pool.CloseAsync(connection);
        }
    }

    /// <inheritdoc cref="SmtpConnectionPool.TryBackOff"/>
    public bool TryBackOff() => pool.TryBackOff(out _isReturned);

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_isReturned)
        {
            _isReturned = true;
            pool.Return(_connection);
        }
    }
}
