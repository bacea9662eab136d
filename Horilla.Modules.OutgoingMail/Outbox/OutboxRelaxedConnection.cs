using System.Data.Common;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A connection whose commits don't wait for the disk. Not thread-safe.</summary>
/// <param name="database">Translates the statements.</param>
/// <param name="connection">The connection.</param>
/// <param name="isSqlite">Whether it's SQLite, and was told not to wait.</param>
/// <param name="isPostgreSql">Whether it's PostgreSQL, which is told in each transaction.</param>
public sealed class OutboxRelaxedConnection(OutboxDatabase database, DbConnection connection, bool isSqlite, bool isPostgreSql) : IAsyncDisposable
{
    /// <summary>A node that is stopped within a transaction mustn't keep others from taking over its messages.</summary>
    private const string PostgreSqlPreamble = "SET LOCAL synchronous_commit TO OFF; SET LOCAL idle_in_transaction_session_timeout TO 15000; ";

    /// <summary>Runs statements in a transaction, and commits it.</summary>
    public async Task<T> RunAsync<T>(Func<OutboxConnection, Task<T>> run, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await run(Use(transaction, cancellationToken));
        await transaction.CommitAsync(cancellationToken);

        return result;
    }

    /// <summary>Runs statements in a transaction, and commits it unless they return null: it's then rolled back.</summary>
    public async Task<T?> TryRunAsync<T>(Func<OutboxConnection, Task<T?>> run, CancellationToken cancellationToken)
        where T : class
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await run(Use(transaction, cancellationToken));

        if (result is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await using (connection)
        {
            if (isSqlite)
            {
                // The connection goes back to the pool, for others that expect durable commits.
                await connection.ExecuteAsync("PRAGMA synchronous = FULL");
            }
        }
    }

    private OutboxConnection Use(DbTransaction transaction, CancellationToken cancellationToken)
        => new(database, connection, transaction, cancellationToken, isPostgreSql ? PostgreSqlPreamble : null);
}
