#nullable disable // As the real one: an override is free to say what may be null.

using System.Linq.Expressions;
using YesSql.Indexes;

namespace YesSql;

/// <summary>A query for documents. Its methods change it and return it; it runs anew by each of the asynchronous ones.</summary>
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

    /// <summary>How many there are, whatever <see cref="Skip"/> and <see cref="Take"/> say.</summary>
    Task<int> CountAsync();

    /// <inheritdoc cref="CountAsync()"/>
    Task<int> CountAsync(CancellationToken cancellationToken = default);
}
