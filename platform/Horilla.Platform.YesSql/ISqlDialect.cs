namespace YesSql;

/// <summary>How a database writes what differs from one to the next.</summary>
public interface ISqlDialect
{
    string Name { get; }

    string QuoteForTableName(string tableName, string? schema);

    string QuoteForColumnName(string columnName);

    string QuoteForAliasName(string alias);
}
