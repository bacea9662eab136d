using System.Data.Common;
using Npgsql;
using YesSql;

namespace Horilla.Platform.Storage.Connections;

/// <summary>Connections to a PostgreSQL database, pooled for this factory alone and closed with it.</summary>
/// <exception cref="ArgumentException">The connection string is none.</exception>
internal sealed class NpgsqlConnectionFactory(string connectionString, string? schema = null) : IConnectionFactory, IRefreshable, IDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(Options(connectionString, schema));

    public Type DbConnectionType => typeof(NpgsqlConnection);

    public DbConnection CreateConnection() => _source.CreateConnection();

    public void Refresh() => _source.Clear();

    public void Dispose() => _source.Dispose();

    /// <summary>The connection string, with the schema as the only one that is searched.</summary>
    public static NpgsqlConnectionStringBuilder Options(string connectionString, string? schema)
    {
        var options = new NpgsqlConnectionStringBuilder(connectionString);

        if (!string.IsNullOrEmpty(schema))
        {
            options.SearchPath = $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        return options;
    }
}
