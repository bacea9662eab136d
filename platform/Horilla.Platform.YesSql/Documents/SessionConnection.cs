using System.Data.Common;
using Dapper;

namespace Horilla.Platform.Storage.Documents;

/// <summary>The connection of a session and its transaction, each opened when it is first needed.</summary>
internal sealed class SessionConnection(Store store) : IAsyncDisposable, IDisposable
{
    private DbConnection? _connection;

    /// <summary>The transaction; null before the first write.</summary>
    public DbTransaction? Transaction { get; private set; }

    /// <summary>Returns the connection, and opens it if needed.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        => _connection ??= await store.OpenConnectionAsync(cancellationToken);

    /// <summary>Returns the transaction, and begins it if needed.</summary>
    public async Task<DbTransaction> BeginAsync(CancellationToken cancellationToken)
        => Transaction ??= await (await OpenAsync(cancellationToken)).BeginTransactionAsync(cancellationToken);

    /// <summary>Runs commands in the transaction.</summary>
    public async Task ExecuteAsync(IEnumerable<WriteCommand> commands, CancellationToken cancellationToken)
    {
        var transaction = await BeginAsync(cancellationToken);

        foreach (var command in commands)
        {
            var rows = await transaction.Connection!.ExecuteAsync(new CommandDefinition(command.Sql, command.Parameters, transaction, cancellationToken: cancellationToken));

            if (rows == 0 && command.CreateNoRowsException is { } failure)
            {
                throw failure();
            }
        }
    }

    /// <summary>Commits what was written, and releases the connection.</summary>
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

    /// <summary>Rolls back what was written, and releases the connection.</summary>
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
