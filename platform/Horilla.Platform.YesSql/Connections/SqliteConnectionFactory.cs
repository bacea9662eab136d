using System.Data.Common;
using Microsoft.Data.Sqlite;
using YesSql;

namespace Horilla.Platform.Storage.Connections;

/// <summary>Connections to a SQLite file.</summary>
/// <param name="path">Where the file stands.</param>
/// <param name="pooling">Whether connections are kept for their next use.</param>
/// <param name="create">Whether the first connection creates a file that is not there.</param>
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

    /// <summary>Closes the connections that wait for their next use.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
