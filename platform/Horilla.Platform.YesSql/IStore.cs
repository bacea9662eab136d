using YesSql.Indexes;

namespace YesSql;

/// <summary>The documents of one database and table prefix. Thread-safe; there is one for each tenant.</summary>
public interface IStore : IDisposable
{
    IConfiguration Configuration { get; }

    /// <summary>Creates the tables that every store needs, if they don't exist.</summary>
    Task InitializeAsync();

    ISession CreateSession(bool withTracking = true);

    IStore RegisterIndexes(IEnumerable<IIndexProvider> indexProviders, string? collection = null);

    IEnumerable<IndexDescriptor> Describe(Type target, string? collection = null);
}
