using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Data;

/// <summary>Registers the index providers with the store of a shell, once.</summary>
internal sealed class StoreIndexRegistration(IEnumerable<IIndexProvider> providers)
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
