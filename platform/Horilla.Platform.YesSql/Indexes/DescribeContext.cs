namespace YesSql.Indexes;

/// <summary>Collects the indexes of documents of type <typeparamref name="T"/>.</summary>
public class DescribeContext<T> : IDescriptor
{
    private readonly List<IMapDescription> _maps = [];

    public IMapFor<T, TIndex> For<TIndex>()
        where TIndex : IIndex
    {
        var map = new MapDescription<T, TIndex>();
        _maps.Add(map);

        return map;
    }

    public IEnumerable<IndexDescriptor> Describe(params Type[] types)
        => types.Length == 0 || types.Contains(typeof(T)) ? [.. _maps.Select(map => map.ToDescriptor())] : [];
}
