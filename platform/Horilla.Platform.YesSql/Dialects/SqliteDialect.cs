using System.Data.Common;
using Dapper;

namespace Horilla.Platform.Storage.Dialects;

/// <summary>SQLite. String comparison ignores the case of ASCII letters.</summary>
internal sealed class SqliteDialect : Dialect
{
    public override string Name => "Sqlite";

    public override string IdType => "INTEGER";

    public override string IdentityColumn(string name) => $"{QuoteForColumnName(name)} INTEGER PRIMARY KEY AUTOINCREMENT";

    public override string PagingClause(string? skip, string? take)
        => (skip, take) switch
        {
            (null, null) => "",
            (null, _) => $" LIMIT {take}",
            (_, null) => $" LIMIT -1 OFFSET {skip}",
            _ => $" LIMIT {take} OFFSET {skip}",
        };

    public override bool ReservesIdsOutsideTransactions => false;

    public override string CountTablesSql => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @name COLLATE NOCASE";

    public override string CreateIdSequence(string quotedName, string quotedColumn, int blockSize)
        => $"CREATE TABLE {quotedName} ({quotedColumn} {IdType} NOT NULL); INSERT INTO {quotedName} VALUES (1)";

    public override string ReserveIds(string quotedName, string quotedColumn)
        => $"UPDATE {quotedName} SET {quotedColumn} = {quotedColumn} + @count RETURNING {quotedColumn} - @count";

    public override string InCondition(string column, string parameter) => $"{column} IN @{parameter}";

    /// <summary>An expression doesn't inherit the collation of its column.</summary>
    public override string OrderByExpression(string expression, Type type) => type == typeof(string) ? $"{expression} COLLATE NOCASE" : expression;

    /// <summary>Converts values that SQLite has no type for to a form that compares correctly.</summary>
    public override object? ToParameterValue(object? value) => value switch
    {
        TimeSpan span => span.Ticks,
        DateTimeOffset time => time.UtcDateTime,
        _ => base.ToParameterValue(value),
    };

    /// <summary>Returns an empty string: the file belongs to one store.</summary>
    public override string OwnerComment(string quotedTable) => "";

    /// <summary>The file keeps the journal mode. With WAL, readers don't wait for the writer.</summary>
    public override Task InitializeDatabaseAsync(DbConnection connection, CancellationToken cancellationToken)
        => ExecuteAsync(connection, "PRAGMA journal_mode = WAL;", cancellationToken);

    /// <summary>A commit returns when it is on disk, so that what a caller was told is saved outlasts a power failure.</summary>
    public override Task InitializeConnectionAsync(DbConnection connection, CancellationToken cancellationToken)
        => ExecuteAsync(connection, "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;", cancellationToken);

    /// <summary>Does nothing: the first write locks the file.</summary>
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
        _ when type == typeof(byte[]) => "BLOB",
        _ => "TEXT",
    };

    protected override string Literal(bool value) => value ? "1" : "0";
}
