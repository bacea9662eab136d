#nullable disable // As the real one: an override is free to say what may be null.

using System.Linq.Expressions;
using YesSql.Indexes;

namespace YesSql;

/// <summary>A query for documents by one of their indexes.</summary>
/// <remarks>Predicates that SQL cannot say throw <see cref="NotSupportedException"/>; none is evaluated in memory.</remarks>
public interface IQuery<T, TIndex> : IQuery<T>
    where T : class
    where TIndex : IIndex
{
    IQuery<T, TIndex> Where(Expression<Func<TIndex, bool>> predicate);

    /// <summary>A condition in SQL. Whatever a user typed goes in by <see cref="WithParameter"/>.</summary>
    IQuery<T, TIndex> Where(string sql);

    /// <inheritdoc cref="Where(string)"/>
    IQuery<T, TIndex> Where(Func<ISqlDialect, string> sql);

    IQuery<T, TIndex> WithParameter(string name, object value);

    IQuery<T, TIndex> OrderBy(Expression<Func<TIndex, object>> keySelector);

    IQuery<T, TIndex> OrderByDescending(Expression<Func<TIndex, object>> keySelector);

    IQuery<T, TIndex> ThenBy(Expression<Func<TIndex, object>> keySelector);

    IQuery<T, TIndex> ThenByDescending(Expression<Func<TIndex, object>> keySelector);
}
