namespace YesSql.Indexes;

public interface IMapFor<out T, TIndex>
    where TIndex : IIndex
{
    /// <summary>Maps only the documents that meet the condition.</summary>
    IMapFor<T, TIndex> When(Func<T, bool> predicate);

    IGroupFor<TIndex> Map(Func<T, TIndex> map);

    IGroupFor<TIndex> Map(Func<T, IEnumerable<TIndex>> map);

    IGroupFor<TIndex> Map(Func<T, Task<TIndex>> map);

    IGroupFor<TIndex> Map(Func<T, Task<IEnumerable<TIndex>>> map);
}
