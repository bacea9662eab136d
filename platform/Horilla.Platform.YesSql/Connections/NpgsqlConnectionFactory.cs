using System.Data.Common;
using Npgsql;
using YesSql;

namespace Horilla.Platform.Storage.Connections;

/// <summary>Connections to a PostgreSQL database. The pool belongs to this factory and is closed with it.</summary>
/// <exception cref="ArgumentException">The connection string isn't valid.</exception>
internal sealed class NpgsqlConnectionFactory(string connectionString, string? schema = null) : IConnectionFactory, IPooledConnectionFactory, IDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(CreateConnectionStringBuilder(connectionString, schema));

    public Type DbConnectionType => typeof(NpgsqlConnection);

    public DbConnection CreateConnection() => _source.CreateConnection();

    public void ClearPool() => _source.Clear();

    public void Dispose() => _source.Dispose();

    /// <summary>Returns the options of the connection string, with the schema as the only one in the search path.</summary>
    public static NpgsqlConnectionStringBuilder CreateConnectionStringBuilder(string connectionString, string? schema)
    {
        var options = new NpgsqlConnectionStringBuilder(connectionString);

        if (!string.IsNullOrEmpty(schema))
        {
            options.SearchPath = $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        return options;
    }
}
