namespace YesSql;

public interface IQuery
{
    /// <summary>Queries the documents of a type. If <paramref name="filterType"/> is false, the indexes of the query alone determine the documents.</summary>
    IQuery<T> For<T>(bool filterType = true)
        where T : class;

    IQueryIndex<T> ForIndex<T>()
        where T : class, Indexes.IIndex;
}
