namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The right to one connection of a pool. Used by one message, which returns it by disposing it.</summary>
/// <param name="pool">The pool.</param>
internal sealed class SmtpConnectionLease(SmtpConnectionPool pool) : IDisposable
{
    private SmtpConnection? _connection;
    private bool _isReturned;

    /// <summary>Takes an open connection of the pool; null for none.</summary>
    public async Task<SmtpConnection?> TakeIdleAsync(CancellationToken cancellationToken) => _connection = await pool.TakeIdleAsync(cancellationToken);

    /// <summary>Uses a connection that was opened for this lease.</summary>
    public SmtpConnection Use(SmtpConnection opened)
    {
        pool.Add(opened);
        _connection = opened;

        return opened;
    }

    /// <summary>Closes the connection that it has, to make room for another one.</summary>
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
