namespace YesSql;

/// <summary>Builds a SELECT statement for any database. Not thread-safe. Expressions are used as they are: quote names with <see cref="ISqlDialect"/>.</summary>
public interface ISqlBuilder
{
    /// <summary>Makes it a SELECT statement.</summary>
    void Select();

    /// <summary>Sets what is selected.</summary>
    void Selector(string selector);

    /// <summary>Sets the table, which gets the prefix of the store.</summary>
    void Table(string table, string? alias, string? schema);

    /// <summary>Adds a condition that must be true as well.</summary>
    void WhereAnd(string clause);

    void GroupBy(string groupBy);

    /// <summary>Sets the order.</summary>
    void OrderBy(string orderBy);

    /// <inheritdoc cref="OrderBy"/>
    void OrderByDescending(string orderBy);

    void ThenOrderBy(string orderBy);

    void ThenOrderByDescending(string orderBy);

    /// <summary>Sets the number of rows to skip, as a number or parameter.</summary>
    void Skip(string skip);

    /// <summary>Sets the maximum number of rows, as a number or parameter.</summary>
    void Take(string take);

    /// <summary>Returns the statement, or an empty string if <see cref="Select"/> wasn't called.</summary>
    string ToSqlString();
}
