using System.Linq.Expressions;
using Horilla.Platform.Storage.Documents;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Queries;

internal sealed class DocumentQuery<T, TIndex>(Session session, QueryState state) : DocumentQuery<T>(session, state), IQuery<T, TIndex>
    where T : class
    where TIndex : class, IIndex
{
    public IQuery<T, TIndex> Where(Expression<Func<TIndex, bool>> predicate)
    {
        State.Where(predicate);

        return this;
    }

    public IQuery<T, TIndex> Where(string sql)
    {
        State.Where(sql);

        return this;
    }

    public IQuery<T, TIndex> Where(Func<ISqlDialect, string> sql) => Where(sql(State.Store.Dialect));

    public IQuery<T, TIndex> WithParameter(string name, object value)
    {
        State.Parameters.Add(name, State.Store.Dialect.ToParameterValue(value));

        return this;
    }

    public IQuery<T, TIndex> OrderBy(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: false, first: true);

    public IQuery<T, TIndex> OrderByDescending(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: true, first: true);

    public IQuery<T, TIndex> ThenBy(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: false, first: false);

    public IQuery<T, TIndex> ThenByDescending(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: true, first: false);

    private DocumentQuery<T, TIndex> Order(Expression<Func<TIndex, object?>> keySelector, bool descending, bool first)
    {
        State.OrderBy(keySelector, descending, first);

        return this;
    }
}
