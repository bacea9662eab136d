using System.Data.Common;

namespace Horilla.Platform.Storage.Documents;

/// <summary>The connection of a session and its transaction, each opened when it is first needed.</summary>
internal sealed class SessionConnection(Store store) : IAsyncDisposable, IDisposable
{
    private DbConnection? _connection;

    /// <summary>The transaction; null before the first write.</summary>
    public DbTransaction? Transaction { get; private set; }

    /// <summary>The connection.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        => _connection ??= await store.OpenConnectionAsync(cancellationToken);

    /// <summary>The transaction, begun if there is none.</summary>
    public async Task<DbTransaction> BeginAsync(CancellationToken cancellationToken)
        => Transaction ??= await (await OpenAsync(cancellationToken)).BeginTransactionAsync(cancellationToken);

    /// <summary>Commits what was written, and gives the connection back.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Transaction is { } transaction)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }
        finally
        {
            await CloseAsync();
        }
    }

    /// <summary>Undoes what was written, and gives the connection back.</summary>
    public async Task RollbackAsync()
    {
        try
        {
            if (Transaction is { } transaction)
            {
                await transaction.RollbackAsync();
            }
        }
        finally
        {
            await CloseAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await RollbackAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        Transaction?.Dispose();
        Transaction = null;
        _connection?.Dispose();
        _connection = null;
    }

    private async Task CloseAsync()
    {
        if (Transaction is { } transaction)
        {
            Transaction = null;
            await transaction.DisposeAsync();
        }

        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
