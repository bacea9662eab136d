using System.Data.Common;
using System.Globalization;
using YesSql;
using YesSql.Sql;
using YesSql.Sql.Schema;

namespace Horilla.Platform.Storage.Dialects;

/// <summary>The SQL of the store that differs between databases.</summary>
internal abstract class Dialect : ISqlDialect
{
    public abstract string Name { get; }

    /// <summary>The type of columns that store a document id.</summary>
    public abstract string IdType { get; }

    public string QuoteForTableName(string tableName, string? schema)
        => string.IsNullOrEmpty(schema) ? Quote(tableName) : $"{Quote(schema)}.{Quote(tableName)}";

    public string QuoteForColumnName(string columnName) => Quote(columnName);

    public virtual string QuoteForAliasName(string alias) => Quote(alias);

    public ISqlBuilder CreateBuilder(string tablePrefix) => new SqlBuilder(tablePrefix, this);

    /// <summary>Returns the definition of an auto-increment primary key column.</summary>
    public abstract string IdentityColumn(string name);

    /// <summary>Returns the paging clause. Null means no offset or no limit.</summary>
    public abstract string PagingClause(string? skip, string? take);

    /// <summary>Returns the condition that a column equals one of the values of an array parameter.</summary>
    public abstract string InCondition(string column, string parameter);

    /// <summary>Returns the expression for the greatest value of a column in a group.</summary>
    public virtual string Max(string column, Type type) => $"MAX({column})";

    /// <summary>Returns what to order by if a column is the result of an expression.</summary>
    public virtual string OrderByExpression(string expression, Type type) => expression;

    /// <summary>Converts a value of a document to a parameter value.</summary>
    public virtual object? ToParameterValue(object? value) => value is Enum ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : value;

    /// <summary>Whether the id counter is outside transactions, so that reserving ids doesn't block other sessions.</summary>
    public abstract bool ReservesIdsOutsideTransactions { get; }

    /// <summary>Returns the statement that creates the counter of document ids.</summary>
    public abstract string CreateIdSequence(string quotedName, string quotedColumn, int blockSize);

    /// <summary>Returns the statement that reserves <c>@count</c> ids, or a whole block, and returns the first one.</summary>
    public abstract string ReserveIds(string quotedName, string quotedColumn);

    /// <summary>The statement that counts the tables named <c>@name</c> where this connection creates tables.</summary>
    public abstract string CountTablesSql { get; }

    /// <summary>Returns the statement that marks a new table with its owner in a shared database, or an empty string if there is no owner.</summary>
    public abstract string OwnerComment(string quotedTable);

    /// <summary>Runs once for each database.</summary>
    public abstract Task InitializeDatabaseAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Lets only one store at a time create its tables, until the transaction ends.</summary>
    public abstract Task LockSchemaAsync(DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Runs on each connection before it is used.</summary>
    public abstract Task InitializeConnectionAsync(DbConnection connection, CancellationToken cancellationToken);

    public string ColumnDefinition(ColumnCommand column)
    {
        var text = $"{QuoteForColumnName(column.ColumnName)} {TypeName(column.DbType, column.Length)}";
        text += column.IsPrimaryKey ? " PRIMARY KEY" : "";
        text += column.IsNotNull ? " NOT NULL" : "";
        text += column.IsUnique ? " UNIQUE" : "";

        return column.Default is null ? text : $"{text} DEFAULT {Literal(column.Default)}";
    }

    protected abstract string TypeName(Type type, int? length);

    protected abstract string Literal(bool value);

    private string Literal(object value) => value switch
    {
        bool truth => Literal(truth),
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        Enum member => Convert.ToInt64(member, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"A column can't have the default value '{value}' of type {value.GetType()}."),
    };

    protected static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
