using System.Data.Common;
using Dapper;

namespace Horilla.Platform.Storage.Documents;

/// <summary>
/// Hands out ids of documents. They are taken from a counter in the database, so that two stores on one database
/// (an old and a new shell of a tenant, for a while) never hand out the same one.
/// </summary>
internal sealed class IdGenerator(Store store)
{
    public const int BlockSize = 20;

    private readonly SemaphoreSlim _gate = new(1);
    private long _next;
    private long _end;

    public async Task<long> NextAsync(Session session, CancellationToken cancellationToken)
    {
        if (store.Dialect.CountsOutsideTransactions)
        {
            // Who waits for the gate has a connection already: who holds it then needs no further one.
            return await NextOfBlockAsync(await session.OpenAsync(cancellationToken), session.CurrentTransaction, cancellationToken);
        }

        if (session.CurrentTransaction is { } transaction)
        {
            // The session holds the only write lock: take one id within its transaction, and forget it with that.
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

    /// <summary>Takes this many ids, and gives the first.</summary>
    private Task<long> TakeAsync(DbConnection connection, DbTransaction? transaction, int count, CancellationToken cancellationToken)
        => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            store.Dialect.TakeIds(store.Tables.Counter, store.Tables.CounterValue),
            new { count },
            transaction,
            cancellationToken: cancellationToken));
}
