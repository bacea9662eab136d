namespace YesSql.Indexes;

internal sealed class MapDescription<T, TIndex> : IMapDescription, IMapFor<T, TIndex>, IGroupFor<TIndex>
    where TIndex : IIndex
{
    private Func<T, bool>? _when;
    private Func<T, Task<IEnumerable<TIndex>>>? _map;

    public IMapFor<T, TIndex> When(Func<T, bool> predicate)
    {
        _when = predicate;

        return this;
    }

    public IGroupFor<TIndex> Map(Func<T, TIndex> map) => Set(document => Task.FromResult(One(map(document))));

    public IGroupFor<TIndex> Map(Func<T, IEnumerable<TIndex>> map) => Set(document => Task.FromResult(map(document)));

    public IGroupFor<TIndex> Map(Func<T, Task<TIndex>> map) => Set(async document => One(await map(document)));

    public IGroupFor<TIndex> Map(Func<T, Task<IEnumerable<TIndex>>> map) => Set(map);

    public IndexDescriptor ToDescriptor()
    {
        var map = _map ?? throw new InvalidOperationException($"The index '{typeof(TIndex).Name}' has no map.");

        return new IndexDescriptor
        {
            Type = typeof(T),
            IndexType = typeof(TIndex),
            Filter = _when is null ? null : document => _when((T)document),
            Map = async (document, _) => (await map((T)document)).Cast<IIndex>(),
        };
    }

    private MapDescription<T, TIndex> Set(Func<T, Task<IEnumerable<TIndex>>> map)
    {
        _map = map;

        return this;
    }

    private static IEnumerable<TIndex> One(TIndex? index) => index is null ? [] : [index];
}
