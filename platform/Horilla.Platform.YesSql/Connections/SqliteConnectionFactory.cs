using System.Data.Common;
using Microsoft.Data.Sqlite;
using YesSql;

namespace Horilla.Platform.Storage.Connections;

/// <summary>Connections to a SQLite file.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="pooling">Whether connections are pooled.</param>
/// <param name="create">Whether the first connection creates the file if it doesn't exist.</param>
internal sealed class SqliteConnectionFactory(string path, bool pooling = true, bool create = true) : IConnectionFactory, IDisposable
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
        Pooling = pooling,
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();

    public Type DbConnectionType => typeof(SqliteConnection);

    public DbConnection CreateConnection() => new SqliteConnection(_connectionString);

    /// <summary>Closes the pooled connections.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
