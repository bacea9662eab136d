using System.Data.Common;
using Dapper;
using Horilla.Platform.Storage.Dialects;
using YesSql.Sql.Schema;

namespace YesSql.Sql;

internal sealed class SchemaBuilder(IConfiguration configuration, DbTransaction transaction) : ISchemaBuilder
{
    private readonly Dialect _dialect = (Dialect)configuration.SqlDialect;

    public ISqlDialect Dialect => _dialect;

    public string TablePrefix => configuration.TablePrefix;

    public DbConnection Connection => Transaction.Connection!;

    public DbTransaction Transaction { get; } = transaction;

    public ITableNameConvention TableNameConvention => configuration.TableNameConvention;

    public Task CreateMapIndexTableAsync(Type indexType, Action<ICreateTableCommand> table, string? collection)
    {
        DefaultCollection.ThrowIfNamed(collection);
        var name = TableNameConvention.GetIndexTable(indexType);
        var command = new CreateTableCommand(name);
        table(command);
        var columns = command.Columns.Select(_dialect.ColumnDefinition);
        var documents = Quote(TableNameConvention.GetDocumentTable());
        var documentId = _dialect.QuoteForColumnName("DocumentId");
        var id = _dialect.QuoteForColumnName("Id");

        return RunAsync(
            $"CREATE TABLE {Quote(name)} ({string.Join(", ", [_dialect.IdentityColumn("Id"), $"{documentId} {_dialect.IdType} NOT NULL REFERENCES {documents} ({id})", .. columns])})",
            $"CREATE INDEX {_dialect.QuoteForAliasName($"{TablePrefix}IDX_FK_{name}")} ON {Quote(name)} ({documentId})",
            Mark(name));
    }

    public Task AlterIndexTableAsync(Type indexType, Action<IAlterTableCommand> table, string? collection)
    {
        DefaultCollection.ThrowIfNamed(collection);

        return AlterTableAsync(TableNameConvention.GetIndexTable(indexType), table);
    }

    public Task DropMapIndexTableAsync(Type indexType, string? collection = null)
    {
        DefaultCollection.ThrowIfNamed(collection);

        return DropTableAsync(TableNameConvention.GetIndexTable(indexType));
    }

    public Task CreateTableAsync(string name, Action<ICreateTableCommand> table)
    {
        var command = new CreateTableCommand(name);
        table(command);

        return RunAsync($"CREATE TABLE {Quote(name)} ({string.Join(", ", command.Columns.Select(_dialect.ColumnDefinition))})", Mark(name));
    }

    public Task AlterTableAsync(string name, Action<IAlterTableCommand> table)
    {
        var command = new AlterTableCommand(name, Quote(name), TablePrefix, _dialect);
        table(command);

        return RunAsync([.. command.Statements]);
    }

    public Task DropTableAsync(string name) => RunAsync($"DROP TABLE {Quote(name)}");

    private string Mark(string table) => _dialect.OwnerComment(Quote(table));

    private string Quote(string table) => _dialect.QuoteForTableName(TablePrefix + table, configuration.Schema);

    private async Task RunAsync(params string[] statements)
    {
        foreach (var statement in statements.Where(statement => statement.Length > 0))
        {
            await Connection.ExecuteAsync(statement, transaction: Transaction);
        }
    }
}
