using Horilla.Platform.Storage.Dialects;

namespace YesSql;

/// <summary>The configuration of a store. The connection factory has no default and must be set.</summary>
public class Configuration : IConfiguration
{
    public IConnectionFactory ConnectionFactory { get; set; } = null!;

    public IContentSerializer ContentSerializer { get; set; } = new Serialization.DefaultContentSerializer();

    public ISqlDialect SqlDialect { get; set; } = new SqliteDialect();

    public ITableNameConvention TableNameConvention { get; set; } = new Services.DefaultTableNameConvention();

    public string TablePrefix { get; set; } = "";

    public string? Schema { get; set; }
}
