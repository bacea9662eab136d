using System.Data.Common;
using Dapper;

namespace Horilla.Platform.Storage.Documents;

/// <summary>
/// Generates document ids from a counter in the database, so that two stores on one database never generate the same id.
/// The old and the new shell of a tenant are two such stores for a while.
/// </summary>
internal sealed class BlockIdGenerator(Store store)
{
    public const int BlockSize = 20;

    private readonly SemaphoreSlim _gate = new(1);
    private long _next;
    private long _end;

    public async Task<long> NextAsync(Session session, CancellationToken cancellationToken)
    {
        if (store.Dialect.ReservesIdsOutsideTransactions)
        {
            // Open the connection before waiting for the gate, so that the holder of the gate never waits for one.
            return await NextOfBlockAsync(await session.OpenAsync(cancellationToken), session.CurrentTransaction, cancellationToken);
        }

        if (session.CurrentTransaction is { } transaction)
        {
            // The session holds the only write lock. Reserve a single id in its transaction, because a rollback also resets the counter.
            return await TakeAsync(transaction.Connection!, transaction, 1, cancellationToken);
        }

        return await NextOfBlockAsync(connection: null, transaction: null, cancellationToken);
    }

    private async Task<long> NextOfBlockAsync(DbConnection? connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);

        try
        {
            if (_next == _end)
            {
                _next = connection is null ? await TakeBlockAsync(cancellationToken) : await TakeAsync(connection, transaction, BlockSize, cancellationToken);
                _end = _next + BlockSize;
            }

            return _next++;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<long> TakeBlockAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenConnectionAsync(cancellationToken);

        return await TakeAsync(connection, null, BlockSize, cancellationToken);
    }

    /// <summary>Reserves this many ids and returns the first.</summary>
    private Task<long> TakeAsync(DbConnection connection, DbTransaction? transaction, int count, CancellationToken cancellationToken)
        => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            store.Dialect.ReserveIds(store.Tables.Counter, store.Tables.CounterValue),
            new { count },
            transaction,
            cancellationToken: cancellationToken));
}
