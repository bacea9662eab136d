using System.Linq.Expressions;
using Horilla.Platform.Storage.Documents;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Queries;

internal sealed class IndexQuery<T> : IQueryIndex<T>
    where T : class, IIndex
{
    private readonly Session _session;
    private readonly QueryState _state;

    public IndexQuery(Session session)
    {
        _session = session;
        _state = new QueryState(session);
        _state.Alias(typeof(T));
    }

    public IQueryIndex<T> Where(Expression<Func<T, bool>> predicate)
    {
        _state.Where(predicate);

        return this;
    }

    public IQueryIndex<T> Where(string sql)
    {
        _state.Where(sql);

        return this;
    }

    public IQueryIndex<T> Where(Func<ISqlDialect, string> sql) => Where(sql(_session.Store.Dialect));

    public IQueryIndex<T> WithParameter(string name, object value)
    {
        _state.Parameters.Add(name, _session.Store.Dialect.ToParameterValue(value));

        return this;
    }

    public IQueryIndex<T> OrderBy(Expression<Func<T, object?>> keySelector) => Order(keySelector, descending: false, first: true);

    public IQueryIndex<T> OrderByDescending(Expression<Func<T, object?>> keySelector) => Order(keySelector, descending: true, first: true);

    public IQueryIndex<T> ThenBy(Expression<Func<T, object?>> keySelector) => Order(keySelector, descending: false, first: false);

    public IQueryIndex<T> ThenByDescending(Expression<Func<T, object?>> keySelector) => Order(keySelector, descending: true, first: false);

    public IQueryIndex<T> Skip(int count)
    {
        _state.Skip(count);

        return this;
    }

    public IQueryIndex<T> Take(int count)
    {
        _state.Take(count);

        return this;
    }

    public Task<T> FirstOrDefaultAsync() => FirstOrDefaultAsync(CancellationToken.None);

    public async Task<T> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
        => (await RunAsync(_state.SelectIndex(typeof(T), take: 1), cancellationToken)).FirstOrDefault()!;

    public Task<IEnumerable<T>> ListAsync() => ListAsync(CancellationToken.None);

    public Task<IEnumerable<T>> ListAsync(CancellationToken cancellationToken = default)
        => RunAsync(_state.SelectIndex(typeof(T)), cancellationToken);

    public Task<int> CountAsync() => CountAsync(CancellationToken.None);

    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        await _session.FlushAsync(cancellationToken);

        return await _session.ReadScalarAsync<int>(_state.CountIndex(typeof(T)), _state.Parameters, cancellationToken);
    }

    private IndexQuery<T> Order(Expression<Func<T, object?>> keySelector, bool descending, bool first)
    {
        _state.OrderBy(keySelector, descending, first);

        return this;
    }

    private async Task<IEnumerable<T>> RunAsync(string sql, CancellationToken cancellationToken)
    {
        await _session.FlushAsync(cancellationToken);

        return await _session.ReadAsync<T>(sql, _state.Parameters, cancellationToken);
    }
}
