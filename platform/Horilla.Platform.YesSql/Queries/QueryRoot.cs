using Horilla.Platform.Storage.Documents;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Queries;

internal sealed class QueryRoot(Session session) : IQuery
{
    public IQuery<T> For<T>(bool filterType = true)
        where T : class
    {
        var state = new QueryState(session);

        if (filterType)
        {
            state.FilterType(typeof(T));
        }

        return new DocumentQuery<T>(session, state);
    }

    public IQueryIndex<T> ForIndex<T>()
        where T : class, IIndex
        => new IndexQuery<T>(session);
}
