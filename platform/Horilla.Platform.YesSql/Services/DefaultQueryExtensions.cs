using System.Collections;

namespace YesSql.Services;

/// <summary>Conditions for query predicates. They are translated to SQL and never run.</summary>
public static class DefaultQueryExtensions
{
    /// <summary>SQL's IN. Without values, it matches no row.</summary>
    public static bool IsIn(this object? source, IEnumerable values) => throw OnlyInQueries();

    /// <summary>SQL's NOT IN. Without values, it matches every row.</summary>
    public static bool IsNotIn(this object? source, IEnumerable values) => throw OnlyInQueries();

    /// <summary>SQL's LIKE, with its wildcards % and _.</summary>
    public static bool IsLike(this string? source, string filter) => throw OnlyInQueries();

    public static bool IsNotLike(this string? source, string filter) => throw OnlyInQueries();

    private static InvalidOperationException OnlyInQueries() => new("This method can only be used in the predicate of a query.");
}
