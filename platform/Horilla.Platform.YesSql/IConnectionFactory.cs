using System.Data.Common;

namespace YesSql;

public interface IConnectionFactory
{
    Type DbConnectionType { get; }

    /// <summary>Returns a new connection, which is not yet open.</summary>
    DbConnection CreateConnection();
}
