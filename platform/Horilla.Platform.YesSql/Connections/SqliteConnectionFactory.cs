using System.Data.Common;
using Microsoft.Data.Sqlite;
using YesSql;

namespace Horilla.Platform.Storage.Connections;

/// <summary>Connections to a SQLite file, which is created with the first one.</summary>
internal sealed class SqliteConnectionFactory(string path, bool pooling = true) : IConnectionFactory
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Pooling = pooling,
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();

    public Type DbConnectionType => typeof(SqliteConnection);

    public DbConnection CreateConnection() => new SqliteConnection(_connectionString);
}
