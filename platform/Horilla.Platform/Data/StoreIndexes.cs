using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Data;

/// <summary>Tells the store of a shell its indexes, once.</summary>
internal sealed class StoreIndexes(IEnumerable<IIndexProvider> providers)
{
    private readonly Lock _lock = new();
    private bool _registered;

    public void Register(IStore store)
    {
        lock (_lock)
        {
            if (!_registered)
            {
                store.RegisterIndexes(providers);
                _registered = true;
            }
        }
    }
}
