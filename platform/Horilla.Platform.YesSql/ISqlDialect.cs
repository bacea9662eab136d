namespace YesSql;

/// <summary>The SQL syntax that differs between databases.</summary>
public interface ISqlDialect
{
    string Name { get; }

    string QuoteForTableName(string tableName, string? schema);

    string QuoteForColumnName(string columnName);

    string QuoteForAliasName(string alias);

    /// <summary>Returns a builder of SELECT statements.</summary>
    /// <param name="tablePrefix">The prefix of all table names: <see cref="IConfiguration.TablePrefix"/>.</param>
    ISqlBuilder CreateBuilder(string tablePrefix);
}
