using System.Linq.Expressions;
using Horilla.Platform.Storage.Documents;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Queries;

internal class DocumentQuery<T>(Session session, QueryState state) : IQuery<T>
    where T : class
{
    protected QueryState State { get; } = state;

    public IQuery<T, TIndex> With<TIndex>()
        where TIndex : class, IIndex
    {
        State.Alias(typeof(TIndex));

        return new DocumentQuery<T, TIndex>(session, State);
    }

    public IQuery<T, TIndex> With<TIndex>(Expression<Func<TIndex, bool>> predicate)
        where TIndex : class, IIndex
        => With<TIndex>().Where(predicate);

    public IQuery<T> Skip(int count)
    {
        State.Skip(count);

        return this;
    }

    public IQuery<T> Take(int count)
    {
        State.Take(count);

        return this;
    }

    public Task<T> FirstOrDefaultAsync() => FirstOrDefaultAsync(CancellationToken.None);

    public async Task<T> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
        => (await RunAsync(State.SelectDocuments(take: 1), cancellationToken)).FirstOrDefault()!;

    public Task<IEnumerable<T>> ListAsync() => ListAsync(CancellationToken.None);

    public Task<IEnumerable<T>> ListAsync(CancellationToken cancellationToken = default) => RunAsync(State.SelectDocuments(), cancellationToken);

    public async IAsyncEnumerable<T> ToAsyncEnumerable()
    {
        foreach (var item in await ListAsync())
        {
            yield return item;
        }
    }

    public Task<int> CountAsync() => CountAsync(CancellationToken.None);

    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        await session.FlushAsync(cancellationToken);

        return await session.ReadScalarAsync<int>(State.CountDocuments(), State.Parameters, cancellationToken);
    }

    private async Task<IEnumerable<T>> RunAsync(string sql, CancellationToken cancellationToken)
    {
        await session.FlushAsync(cancellationToken);

        return [.. session.Materialize<T>(await session.ReadAsync<Document>(sql, State.Parameters, cancellationToken)).Select(item => item.Entity)];
    }
}
