using System.Data.Common;

namespace YesSql;

public interface IConnectionFactory
{
    Type DbConnectionType { get; }

    /// <summary>A new connection, not yet opened.</summary>
    DbConnection CreateConnection();
}
