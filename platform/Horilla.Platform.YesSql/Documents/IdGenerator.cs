using System.Data.Common;
using Dapper;

namespace Horilla.Platform.Storage.Documents;

/// <summary>
/// Hands out ids of documents. They are taken from a counter in the database, so that two stores on one database
/// (an old and a new shell of a tenant, for a while) never hand out the same one.
/// </summary>
internal sealed class IdGenerator(Store store)
{
    private const int BlockSize = 20;

    private readonly SemaphoreSlim _gate = new(1);
    private long _next;
    private long _end;

    public async Task<long> NextAsync(DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (transaction is not null && !store.Dialect.HasManyWriters)
        {
            // The session holds the only write lock: take one id within its transaction, and forget it with that.
            return await TakeAsync(transaction.Connection!, transaction, 1, cancellationToken);
        }

        await _gate.WaitAsync(cancellationToken);

        try
        {
            if (_next == _end)
            {
                await using var connection = await store.OpenConnectionAsync(cancellationToken);
                _next = await TakeAsync(connection, null, BlockSize, cancellationToken);
                _end = _next + BlockSize;
            }

            return _next++;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes this many ids, and gives the first.</summary>
    private async Task<long> TakeAsync(DbConnection connection, DbTransaction? transaction, int count, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            $"UPDATE {store.Tables.Counter} SET {store.Tables.CounterValue} = {store.Tables.CounterValue} + @count RETURNING {store.Tables.CounterValue} - @count",
            new { count },
            transaction,
            cancellationToken: cancellationToken);

        return await connection.ExecuteScalarAsync<long>(command);
    }
}
