using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Runs the statements of the outbox in any database that YesSql supports. In a statement, a name in brackets is a column, and
/// a name in braces is a table of <see cref="OutboxTables"/>. One instance per tenant shell; thread-safe.
/// </summary>
public sealed partial class OutboxDatabase(IStore store)
{
    private const string Sqlite = "Sqlite";
    private const string PostgreSql = "PostgreSql";

    private readonly ConcurrentDictionary<string, string> _statements = new(StringComparer.Ordinal);

    /// <summary>Appended to a SELECT of rows that are to be claimed, so that other nodes skip them instead of waiting.</summary>
    public string SkipLockedClause => Dialect.Name == PostgreSql ? " FOR UPDATE SKIP LOCKED" : "";

    private ISqlDialect Dialect => store.Configuration.SqlDialect;

    /// <summary>Translates a statement for this database.</summary>
    public string Translate(string statement) => _statements.GetOrAdd(statement, text => Name().Replace(text, match => match.Value[0] == '['
        ? Dialect.QuoteForColumnName(match.Value[1..^1])
        : Dialect.QuoteForTableName(store.Configuration.TablePrefix + match.Value[1..^1], store.Configuration.Schema)));

    /// <summary>Builds a SELECT of a limited number of rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">What to select.</param>
    /// <param name="where">The condition.</param>
    /// <param name="orderBy">The order, or null for any.</param>
    /// <param name="limit">The maximum number of rows: a number or a parameter.</param>
    public string Select(string table, string columns, string where, string? orderBy, string limit)
        => _statements.GetOrAdd($"{table}|{columns}|{where}|{orderBy}|{limit}", _ =>
        {
            var builder = Dialect.CreateBuilder(store.Configuration.TablePrefix);
            builder.Select();
            builder.Selector(Translate(columns));
            builder.Table(table, null, store.Configuration.Schema);
            builder.WhereAnd(Translate(where));

            if (orderBy is not null)
            {
                builder.OrderBy(Translate(orderBy));
            }

            builder.Take(limit);

            return builder.ToSqlString();
        });

    /// <summary>Runs queries on a connection of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<OutboxConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);

        return await read(new OutboxConnection(this, connection, null, cancellationToken));
    }

    /// <summary>
    /// Runs statements in a transaction of their own, and commits it. The commit outlasts the process but not necessarily a power
    /// failure: it doesn't wait for the disk.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<OutboxConnection, Task<T>> run, CancellationToken cancellationToken)
    {
        await using var connection = await OpenRelaxedAsync(cancellationToken);

        return await connection.RunAsync(run, cancellationToken);
    }

    /// <summary>Opens a connection for several transactions like that of <see cref="RunAsync{T}"/>.</summary>
    public async Task<OutboxRelaxedConnection> OpenRelaxedAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);

        try
        {
            var isSqlite = Dialect.Name == Sqlite && await TryRelaxSqliteAsync(connection);

            return new OutboxRelaxedConnection(this, connection, isSqlite, Dialect.Name == PostgreSql);
        }
        catch
        {
            await connection.DisposeAsync();

            throw;
        }
    }

    /// <summary>Uses the connection and the transaction of a session.</summary>
    public async Task<OutboxConnection> UseAsync(ISession session, CancellationToken cancellationToken)
    {
        var transaction = await session.BeginTransactionAsync();

        return new OutboxConnection(this, transaction.Connection!, transaction, cancellationToken);
    }

    /// <summary>Uses the connection of a session to query, with its transaction if there is one.</summary>
    public async Task<OutboxConnection> QueryAsync(ISession session, CancellationToken cancellationToken)
        => new(this, await session.CreateConnectionAsync(), session.CurrentTransaction, cancellationToken);

    [GeneratedRegex(@"\[\w+\]|\{\w+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    /// <summary>With a write-ahead log, the database stays intact without waiting for the disk. Other journals need the wait.</summary>
    private static async Task<bool> TryRelaxSqliteAsync(DbConnection connection)
    {
        if (await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode") != "wal")
        {
            return false;
        }

        await connection.ExecuteAsync("PRAGMA synchronous = NORMAL");

        return true;
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = store.Configuration.ConnectionFactory.CreateConnection();

        try
        {
            await connection.OpenAsync(cancellationToken);

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();

            throw;
        }
    }
}
