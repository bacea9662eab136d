using System.Data.Common;
using Microsoft.Data.Sqlite;
using YesSql;

namespace Horilla.Platform.Storage.Connections;

/// <summary>Connections to a SQLite database in memory, which is there for as long as the factory.</summary>
internal sealed class MemoryConnectionFactory : IConnectionFactory, IDisposable
{
    private readonly SqliteConnection _keeper;

    public MemoryConnectionFactory(string name)
    {
        _keeper = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = name, Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared, Pooling = false }.ToString());
        _keeper.Open();
    }

    public Type DbConnectionType => typeof(SqliteConnection);

    public DbConnection CreateConnection() => new SqliteConnection(_keeper.ConnectionString);

    public void Dispose() => _keeper.Dispose();
}
