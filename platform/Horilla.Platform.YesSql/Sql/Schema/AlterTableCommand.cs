using Horilla.Platform.Storage.Dialects;

namespace YesSql.Sql.Schema;

/// <summary>Collects the statements that alter a table, in the order of the calls.</summary>
internal sealed class AlterTableCommand(string name, string quotedTable, string prefix, Dialect dialect) : IAlterTableCommand
{
    public string Name { get; } = name;

    public List<string> Statements { get; } = [];

    public void AddColumn(string columnName, Type dbType, Action<IAddColumnCommand>? column = null)
    {
        var command = new ColumnCommand(Name, columnName, dbType);
        column?.Invoke(command);
        Statements.Add($"ALTER TABLE {quotedTable} ADD COLUMN {dialect.ColumnDefinition(command)}");
    }

    public void AddColumn<T>(string columnName, Action<IAddColumnCommand>? column = null) => AddColumn(columnName, typeof(T), column);

    public void DropColumn(string columnName)
        => Statements.Add($"ALTER TABLE {quotedTable} DROP COLUMN {dialect.QuoteForColumnName(columnName)}");

    public void RenameColumn(string columnName, string newName)
        => Statements.Add($"ALTER TABLE {quotedTable} RENAME COLUMN {dialect.QuoteForColumnName(columnName)} TO {dialect.QuoteForColumnName(newName)}");

    public void CreateIndex(string indexName, params string[] columnNames)
    {
        var columns = string.Join(", ", columnNames.Select(dialect.QuoteForColumnName));
        Statements.Add($"CREATE INDEX {dialect.QuoteForAliasName(prefix + indexName)} ON {quotedTable} ({columns})");
    }

    public void DropIndex(string indexName) => Statements.Add($"DROP INDEX {dialect.QuoteForAliasName(prefix + indexName)}");
}
