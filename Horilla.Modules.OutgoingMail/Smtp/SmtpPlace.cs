namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The right to one connection of a pool. Used by one message, which gives it back by disposing it.</summary>
/// <param name="pool">The pool.</param>
internal sealed class SmtpPlace(SmtpConnectionPool pool) : IDisposable
{
    private SmtpConnection? _connection;
    private bool _isGivenBack;

    /// <summary>Takes a connection that is there already, or null.</summary>
    public async Task<SmtpConnection?> TakeIdleAsync(CancellationToken cancellationToken) => _connection = await pool.TakeIdleAsync(cancellationToken);

    /// <summary>Uses a connection that was opened for it.</summary>
    public SmtpConnection Use(SmtpConnection opened)
    {
        pool.Add(opened);
        _connection = opened;

        return opened;
    }

    /// <summary>Closes the connection that it has, in favour of another one.</summary>
    public async Task CloseConnectionAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await pool.CloseAsync(connection);
        }
    }

    /// <inheritdoc cref="SmtpConnectionPool.TryYield"/>
    public bool TryYield() => pool.TryYield(out _isGivenBack);

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_isGivenBack)
        {
            pool.Leave(_connection);
        }
    }
}
