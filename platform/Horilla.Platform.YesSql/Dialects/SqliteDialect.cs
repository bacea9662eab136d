using System.Data.Common;
using Dapper;

namespace Horilla.Platform.Storage.Dialects;

/// <summary>SQLite. Texts compare without regard to the case of ASCII letters.</summary>
internal sealed class SqliteDialect : Dialect
{
    public override string Name => "Sqlite";

    public override string IdType => "INTEGER";

    public override string IdentityColumn(string name) => $"{QuoteForColumnName(name)} INTEGER PRIMARY KEY AUTOINCREMENT";

    public override string Page(string? skip, string? take)
        => (skip, take) switch
        {
            (null, null) => "",
            (null, _) => $" LIMIT {take}",
            (_, null) => $" LIMIT -1 OFFSET {skip}",
            _ => $" LIMIT {take} OFFSET {skip}",
        };

    public override bool CountsOutsideTransactions => false;

    public override string CountTables => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @name COLLATE NOCASE";

    public override string CreateCounter(string quotedName, string quotedColumn, int blockSize)
        => $"CREATE TABLE {quotedName} ({quotedColumn} {IdType} NOT NULL); INSERT INTO {quotedName} VALUES (1)";

    public override string TakeIds(string quotedName, string quotedColumn)
        => $"UPDATE {quotedName} SET {quotedColumn} = {quotedColumn} + @count RETURNING {quotedColumn} - @count";

    public override string IsIn(string column, string parameter) => $"{column} IN @{parameter}";

    /// <summary>An expression has not the collation of the column that it is made of.</summary>
    public override string Order(string expression, Type type) => type == typeof(string) ? $"{expression} COLLATE NOCASE" : expression;

    /// <summary>What SQLite has no type for, in a form that it compares rightly.</summary>
    public override object? Parameter(object? value) => value switch
    {
        TimeSpan span => span.Ticks,
        DateTimeOffset time => time.UtcDateTime,
        _ => base.Parameter(value),
    };

    /// <summary>Nothing: the file is the store's alone.</summary>
    public override string Mark(string quotedTable) => "";

    /// <summary>The journal mode is the file's, and lasts: readers do not wait for the writer.</summary>
    public override Task InitializeAsync(DbConnection connection, CancellationToken cancellationToken)
        => ExecuteAsync(connection, "PRAGMA journal_mode = WAL;", cancellationToken);

    public override Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken)
        => ExecuteAsync(connection, "PRAGMA busy_timeout = 30000; PRAGMA synchronous = NORMAL;", cancellationToken);

    /// <summary>Nothing: the first write locks the file.</summary>
    public override Task LockSchemaAsync(DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    private static Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
        => connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellationToken));

    protected override string TypeName(Type type, int? length) => Type.GetTypeCode(System.Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.String => "TEXT COLLATE NOCASE",
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16
            or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 => "INTEGER",
        TypeCode.Single or TypeCode.Double => "REAL",
        TypeCode.Decimal => "NUMERIC",
        _ when (System.Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan) => "INTEGER",
        _ => "TEXT",
    };

    protected override string Literal(bool value) => value ? "1" : "0";
}
