namespace YesSql.Indexes;

internal sealed class MapDescription<T, TIndex> : IMapDescription, IMapFor<T, TIndex>, IGroupFor<TIndex>
    where TIndex : IIndex
{
    private Func<T, bool>? _when;
    private Func<T, Task<IEnumerable<TIndex>?>>? _map;
    private bool _yieldsSeveral;

    public IMapFor<T, TIndex> When(Func<T, bool> predicate)
    {
        _when = predicate;

        return this;
    }

    public IGroupFor<TIndex> Map(Func<T, TIndex> map) => Set(document => Task.FromResult(One(map(document))), yieldsSeveral: false);

    public IGroupFor<TIndex> Map(Func<T, IEnumerable<TIndex>> map) => Set(document => Task.FromResult<IEnumerable<TIndex>?>(map(document)), yieldsSeveral: true);

    public IGroupFor<TIndex> Map(Func<T, Task<TIndex>> map) => Set(async document => One(await map(document)), yieldsSeveral: false);

    public IGroupFor<TIndex> Map(Func<T, Task<IEnumerable<TIndex>>> map) => Set(map!, yieldsSeveral: true);

    public IndexDescriptor ToDescriptor()
    {
        var map = _map ?? throw new InvalidOperationException($"The index '{typeof(TIndex).Name}' has no map.");

        return new IndexDescriptor
        {
            Type = typeof(T),
            IndexType = typeof(TIndex),
            Filter = _when is null ? null : document => _when((T)document),
            CanHaveMultipleRows = _yieldsSeveral,

            // A map may return null for no row or no rows.
            Map = async (document, _) => [.. (await map((T)document) ?? []).OfType<IIndex>()],
        };
    }

    private MapDescription<T, TIndex> Set(Func<T, Task<IEnumerable<TIndex>?>> map, bool yieldsSeveral)
    {
        _map = map;
        _yieldsSeveral = yieldsSeveral;

        return this;
    }

    private static IEnumerable<TIndex>? One(TIndex? index) => index is null ? [] : [index];
}
