namespace YesSql;

public interface IQuery
{
    /// <summary>The documents of a type, or, without <paramref name="filterType"/>, those that the indexes of the query lead to.</summary>
    IQuery<T> For<T>(bool filterType = true)
        where T : class;

    IQueryIndex<T> ForIndex<T>()
        where T : class, Indexes.IIndex;
}
