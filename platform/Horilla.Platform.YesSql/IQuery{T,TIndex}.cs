#nullable disable // As in YesSql, so that overrides choose their own nullability.

using System.Linq.Expressions;
using YesSql.Indexes;

namespace YesSql;

/// <summary>A query for documents by one of their indexes.</summary>
/// <remarks>A predicate that can't be translated to SQL throws <see cref="NotSupportedException"/>. Predicates are never evaluated in memory.</remarks>
public interface IQuery<T, TIndex> : IQuery<T>
    where T : class
    where TIndex : IIndex
{
    IQuery<T, TIndex> Where(Expression<Func<TIndex, bool>> predicate);

    /// <summary>Adds a condition in SQL. Pass user input through <see cref="WithParameter"/>.</summary>
    IQuery<T, TIndex> Where(string sql);

    /// <inheritdoc cref="Where(string)"/>
    IQuery<T, TIndex> Where(Func<ISqlDialect, string> sql);

    IQuery<T, TIndex> WithParameter(string name, object value);

    IQuery<T, TIndex> OrderBy(Expression<Func<TIndex, object>> keySelector);

    IQuery<T, TIndex> OrderByDescending(Expression<Func<TIndex, object>> keySelector);

    IQuery<T, TIndex> ThenBy(Expression<Func<TIndex, object>> keySelector);

    IQuery<T, TIndex> ThenByDescending(Expression<Func<TIndex, object>> keySelector);
}
