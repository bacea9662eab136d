using System.Data.Common;
using Microsoft.Data.Sqlite;
using YesSql;

namespace Horilla.Platform.Storage.Connections;

/// <summary>Connections to an in-memory SQLite database, which exists as long as the factory.</summary>
internal sealed class InMemorySqliteConnectionFactory : IConnectionFactory, IDisposable
{
    private readonly SqliteConnection _keepAliveConnection;

    public InMemorySqliteConnectionFactory(string name)
    {
        _keepAliveConnection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = name, Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared, Pooling = false }.ToString());
        _keepAliveConnection.Open();
    }

    public Type DbConnectionType => typeof(SqliteConnection);

    public DbConnection CreateConnection() => new SqliteConnection(_keepAliveConnection.ConnectionString);

    public void Dispose() => _keepAliveConnection.Dispose();
}
