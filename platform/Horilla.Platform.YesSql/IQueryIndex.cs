#nullable disable // As in YesSql, so that overrides choose their own nullability.

using System.Linq.Expressions;
using YesSql.Indexes;

namespace YesSql;

/// <summary>A query for the rows of an index, without their documents.</summary>
public interface IQueryIndex<T>
    where T : IIndex
{
    IQueryIndex<T> Where(Expression<Func<T, bool>> predicate);

    IQueryIndex<T> Where(string sql);

    IQueryIndex<T> Where(Func<ISqlDialect, string> sql);

    IQueryIndex<T> WithParameter(string name, object value);

    IQueryIndex<T> OrderBy(Expression<Func<T, object>> keySelector);

    IQueryIndex<T> OrderByDescending(Expression<Func<T, object>> keySelector);

    IQueryIndex<T> ThenBy(Expression<Func<T, object>> keySelector);

    IQueryIndex<T> ThenByDescending(Expression<Func<T, object>> keySelector);

    IQueryIndex<T> Skip(int count);

    IQueryIndex<T> Take(int count);

    Task<T> FirstOrDefaultAsync();

    Task<T> FirstOrDefaultAsync(CancellationToken cancellationToken = default);

    Task<IEnumerable<T>> ListAsync();

    Task<IEnumerable<T>> ListAsync(CancellationToken cancellationToken = default);

    Task<int> CountAsync();

    Task<int> CountAsync(CancellationToken cancellationToken = default);
}
