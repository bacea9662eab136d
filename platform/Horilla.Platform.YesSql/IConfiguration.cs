namespace YesSql;

public interface IConfiguration
{
    IConnectionFactory ConnectionFactory { get; set; }

    IContentSerializer ContentSerializer { get; set; }

    ISqlDialect SqlDialect { get; set; }

    ITableNameConvention TableNameConvention { get; set; }

    /// <summary>Put before each table's name; empty for none.</summary>
    string TablePrefix { get; set; }
}
