using Horilla.Platform.Storage.Dialects;

namespace YesSql.Sql;

internal sealed class SqlBuilder(string tablePrefix, Dialect dialect) : ISqlBuilder
{
    private readonly List<string> _conditions = [];
    private readonly List<string> _groups = [];
    private readonly List<string> _orders = [];
    private bool _isSelect;
    private string _selector = "*";
    private string _from = "";
    private string? _skip;
    private string? _take;

    public void Select() => _isSelect = true;

    public void Selector(string selector) => _selector = selector;

    public void Table(string table, string? alias, string? schema)
    {
        var name = dialect.QuoteForTableName(tablePrefix + table, schema);
        _from = string.IsNullOrEmpty(alias) ? name : $"{name} AS {dialect.QuoteForAliasName(alias)}";
    }

    public void WhereAnd(string clause)
    {
        if (!string.IsNullOrWhiteSpace(clause))
        {
            _conditions.Add(clause);
        }
    }

    public void GroupBy(string groupBy) => _groups.Add(groupBy);

    public void OrderBy(string orderBy)
    {
        _orders.Clear();
        _orders.Add(orderBy);
    }

    public void OrderByDescending(string orderBy) => OrderBy(orderBy + " DESC");

    public void ThenOrderBy(string orderBy) => _orders.Add(orderBy);

    public void ThenOrderByDescending(string orderBy) => _orders.Add(orderBy + " DESC");

    public void Skip(string skip) => _skip = skip;

    public void Take(string take) => _take = take;

    public string ToSqlString()
        => !_isSelect
            ? ""
            : $"SELECT {_selector} FROM {_from}"
                + Clause(" WHERE ", " AND ", _conditions)
                + Clause(" GROUP BY ", ", ", _groups)
                + Clause(" ORDER BY ", ", ", _orders)
                + dialect.PagingClause(_skip, _take);

    private static string Clause(string keyword, string separator, List<string> parts) => parts.Count == 0 ? "" : keyword + string.Join(separator, parts);
}
