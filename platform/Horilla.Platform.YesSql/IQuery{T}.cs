#nullable disable // As in YesSql, so that overrides choose their own nullability.

using System.Linq.Expressions;
using YesSql.Indexes;

namespace YesSql;

/// <summary>A query for documents. Its methods change and return the same query. Each asynchronous method runs it again.</summary>
public interface IQuery<T>
    where T : class
{
    IQuery<T, TIndex> With<TIndex>()
        where TIndex : class, IIndex;

    IQuery<T, TIndex> With<TIndex>(Expression<Func<TIndex, bool>> predicate)
        where TIndex : class, IIndex;

    IQuery<T> Skip(int count);

    IQuery<T> Take(int count);

    Task<T> FirstOrDefaultAsync();

    Task<T> FirstOrDefaultAsync(CancellationToken cancellationToken = default);

    Task<IEnumerable<T>> ListAsync();

    Task<IEnumerable<T>> ListAsync(CancellationToken cancellationToken = default);

    IAsyncEnumerable<T> ToAsyncEnumerable();

    /// <summary>Counts all matching documents, regardless of <see cref="Skip"/> and <see cref="Take"/>.</summary>
    Task<int> CountAsync();

    /// <inheritdoc cref="CountAsync()"/>
    Task<int> CountAsync(CancellationToken cancellationToken = default);
}
