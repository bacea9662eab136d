namespace YesSql;

public interface IConfiguration
{
    IConnectionFactory ConnectionFactory { get; set; }

    IContentSerializer ContentSerializer { get; set; }

    ISqlDialect SqlDialect { get; set; }

    ITableNameConvention TableNameConvention { get; set; }

    /// <summary>The prefix of all table names; empty for none.</summary>
    string TablePrefix { get; set; }

    /// <summary>The database schema of all tables; null for the default schema of the connection.</summary>
    string? Schema { get; set; }
}
