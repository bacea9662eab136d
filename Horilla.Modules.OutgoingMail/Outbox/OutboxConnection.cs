using System.Data.Common;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A connection that runs statements of the outbox, within a transaction if there is one. Not thread-safe.</summary>
/// <param name="database">Translates the statements.</param>
/// <param name="connection">The connection.</param>
/// <param name="transaction">See <see cref="Transaction"/>.</param>
/// <param name="cancellationToken">Cancels each statement.</param>
/// <param name="preamble">Statements that run with the first one, to save a round trip; null for none.</param>
public sealed class OutboxConnection(OutboxDatabase database, DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken, string? preamble = null)
{
    private string? _preamble = preamble;

    /// <summary>The transaction, or null if there is none.</summary>
    public DbTransaction? Transaction => transaction;

    /// <summary>The database.</summary>
    public OutboxDatabase Database => database;

    /// <summary>Cancels each statement.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs a statement.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public Task<int> ExecuteAsync(string statement, object? parameters = null) => connection.ExecuteAsync(Command(database.Translate(statement), parameters));

    /// <summary>Runs statements in one round trip.</summary>
    /// <returns>The number of rows that they changed.</returns>
    public Task<int> ExecuteAsync(IEnumerable<string> statements, object parameters)
        => connection.ExecuteAsync(Command(string.Join(";\n", statements.Select(database.Translate)), parameters));

    /// <summary>Runs statements and queries in one round trip. Read the results of the queries in order, and dispose the reader.</summary>
    public Task<SqlMapper.GridReader> QueryTogetherAsync(IEnumerable<string> statements, object parameters)
        => connection.QueryMultipleAsync(Command(string.Join(";\n", statements.Select(database.Translate)), parameters));

    /// <summary>Runs a query.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object? parameters = null)
        => (await connection.QueryAsync<T>(Command(database.Translate(statement), parameters))).AsList();

    /// <summary>Runs a query that was built by <see cref="OutboxDatabase.Select"/>.</summary>
    public async Task<IReadOnlyList<T>> QueryBuiltAsync<T>(string sql, object? parameters)
        => (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>Runs a query, and returns the first value or the default.</summary>
    public Task<T?> ScalarAsync<T>(string statement, object? parameters = null) => connection.ExecuteScalarAsync<T>(Command(database.Translate(statement), parameters));

    /// <summary>Runs a query for one binary column, and returns its rows as they are read.</summary>
    public async IAsyncEnumerable<byte[]> StreamAsync(string statement, object parameters)
    {
        await using var reader = await connection.ExecuteReaderAsync(Command(database.Translate(statement), parameters));

        while (await reader.ReadAsync(cancellationToken))
        {
            yield return await reader.GetFieldValueAsync<byte[]>(0, cancellationToken);
        }
    }

    private CommandDefinition Command(string sql, object? parameters)
    {
        var text = _preamble + sql;
        _preamble = null;

        return new CommandDefinition(text, parameters, transaction, cancellationToken: cancellationToken);
    }
}
