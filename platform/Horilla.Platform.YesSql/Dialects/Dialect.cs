using System.Data.Common;
using System.Globalization;
using YesSql;
using YesSql.Sql.Schema;

namespace Horilla.Platform.Storage.Dialects;

/// <summary>What the store has to say differently to each database.</summary>
internal abstract class Dialect : ISqlDialect
{
    public abstract string Name { get; }

    /// <summary>The type of columns that hold a document's id.</summary>
    public abstract string IdType { get; }

    public string QuoteForTableName(string tableName, string? schema)
        => string.IsNullOrEmpty(schema) ? Quote(tableName) : $"{Quote(schema)}.{Quote(tableName)}";

    public string QuoteForColumnName(string columnName) => Quote(columnName);

    public virtual string QuoteForAliasName(string alias) => Quote(alias);

    /// <summary>A column whose value the database counts up.</summary>
    public abstract string IdentityColumn(string name);

    /// <summary>Skips and takes; null for all that there are.</summary>
    public abstract string Page(string? skip, string? take);

    /// <summary>Whether a column is one of the values of a parameter, which is an array.</summary>
    public abstract string IsIn(string column, string parameter);

    /// <summary>The greatest value of a column in a group.</summary>
    public virtual string Max(string column, Type type) => $"MAX({column})";

    /// <summary>What to order by where a column is the result of an expression.</summary>
    public virtual string Order(string expression, Type type) => expression;

    /// <summary>What the database is given for a value of a document.</summary>
    public virtual object? Parameter(object? value) => value is Enum ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : value;

    /// <summary>Whether the counter of ids stands outside of transactions, so that taking some holds up no other session.</summary>
    public abstract bool CountsOutsideTransactions { get; }

    /// <summary>Creates what counts the ids of documents.</summary>
    public abstract string CreateCounter(string quotedName, string quotedColumn, int blockSize);

    /// <summary>Takes ids, as many as the parameter <c>@count</c> says or as a block has, and gives the first.</summary>
    public abstract string TakeIds(string quotedName, string quotedColumn);

    /// <summary>How many tables have the name <c>@name</c> where this connection creates some.</summary>
    public abstract string CountTables { get; }

    /// <summary>A statement that says whose a new table is, where several share a database; empty for none.</summary>
    public abstract string Mark(string quotedTable);

    /// <summary>What has to be done once for each database.</summary>
    public abstract Task InitializeAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Lets one store at a time create its tables, until the transaction ends.</summary>
    public abstract Task LockSchemaAsync(DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>What has to be done on each connection.</summary>
    public abstract Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken);

    public string Column(ColumnCommand column)
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
        _ => throw new NotSupportedException($"A column cannot have the default value '{value}' of type {value.GetType()}."),
    };

    protected static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
