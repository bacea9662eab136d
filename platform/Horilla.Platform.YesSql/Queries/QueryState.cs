using System.Linq.Expressions;
using Dapper;
using Horilla.Platform.Storage.Documents;

namespace Horilla.Platform.Storage.Queries;

/// <summary>The parts of a query, collected until it runs.</summary>
internal sealed class QueryState(Session session)
{
    private const string DocumentAlias = "d";
    private const string Descending = " DESC";

    private readonly Dictionary<Type, string> _aliases = [];
    private readonly List<string> _conditions = [];
    private readonly List<(string Column, Type Type, bool IsDescending)> _orders = [];
    private bool _filtersType;
    private int? _skip;
    private int? _take;

    public Store Store { get; } = session.Store;

    public DynamicParameters Parameters { get; } = new();

    private int ParameterCount { get; set; }

    public void FilterType(Type type)
    {
        _filtersType = true;
        _conditions.Add($"{DocumentAlias}.{Store.Tables.Type} = {AddParameter(Store.TypeNames.GetName(type))}");
    }

    /// <summary>Returns the alias of an index in this query. The first call joins the index.</summary>
    public string Alias(Type indexType)
    {
        if (!_aliases.TryGetValue(indexType, out var alias))
        {
            alias = "i" + _aliases.Count;
            _aliases.Add(indexType, alias);
        }

        return alias;
    }

    public string AddParameter(object value)
    {
        var name = "p" + ParameterCount++;
        Parameters.Add(name, Store.Dialect.ToParameterValue(value));

        return "@" + name;
    }

    public void Where(string condition) => _conditions.Add($"({condition})");

    public void Where<TIndex>(Expression<Func<TIndex, bool>> predicate)
        => Where(new PredicateTranslator(this, predicate.Parameters[0], Alias(typeof(TIndex))).Translate(predicate.Body));

    public void OrderBy<TIndex>(Expression<Func<TIndex, object?>> key, bool descending, bool first)
    {
        if (first)
        {
            _orders.Clear();
        }

        var column = PredicateTranslator.Column(this, key.Parameters[0], Alias(typeof(TIndex)), key.Body)
            ?? throw new NotSupportedException($"A query can't be ordered by '{key.Body}'. Order it by a column of its index.");
        _orders.Add((column, PredicateTranslator.Unwrap(key.Body).Type, descending));
    }

    public void Skip(int count) => _skip = count;

    public void Take(int count) => _take = count;

    /// <summary>
    /// Selects each document once. If some are skipped or can have several rows, their ids are selected first, so that
    /// skipped documents aren't read.
    /// </summary>
    public string SelectDocuments(int? take = null)
        => _aliases.Count > 0 && (_skip > 0 || ((take is null || _orders.Count > 0) && CanHaveMultipleRows()))
            ? SelectDocumentsById(take)
            : $"SELECT {DocumentAlias}.* FROM {Documents()}{Where()}{Order(DocumentId())}{Page(take)}";

    /// <summary>Counts the documents. Each index row belongs to a document, so a query on a single index doesn't need the document table.</summary>
    public string CountDocuments() => $"SELECT COUNT({(CanHaveMultipleRows() ? $"DISTINCT {DocumentId()}" : "*")}) FROM {Sources()}{Where()}";

    /// <summary>Rows that are equal stand in the order of their documents: the database indexes of a module end with these.</summary>
    public string SelectIndex(Type indexType, int? take = null)
    {
        var alias = Alias(indexType);

        return $"SELECT {alias}.* FROM {Index(indexType)}{Where()}{Order($"{alias}.{Store.Tables.DocumentId}", $"{alias}.{Store.Tables.Id}")}{Page(take)}";
    }

    public string CountIndex(Type indexType) => $"SELECT COUNT(*) FROM {Index(indexType)}{Where()}";

    private string Index(Type indexType) => $"{Store.Tables.Index(indexType)} {Alias(indexType)}";

    private string Documents()
        => $"{Store.Tables.Document} {DocumentAlias}" + string.Concat(_aliases.Select(index =>
            $" INNER JOIN {Store.Tables.Index(index.Key)} {index.Value} ON {index.Value}.{Store.Tables.DocumentId} = {DocumentAlias}.{Store.Tables.Id}"));

    private string Where() => _conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _conditions);

    /// <summary>The column of the document's id. With a single index it is taken from that index, so that ORDER BY uses one table only.</summary>
    private string DocumentId()
        => _aliases.Count == 1 ? $"{_aliases.Values.Single()}.{Store.Tables.DocumentId}" : $"{DocumentAlias}.{Store.Tables.Id}";

    private bool CanHaveMultipleRows() => _aliases.Keys.Any(index => Store.CanHaveMultipleRows(index, session.Providers));

    /// <summary>The tables that determine which documents match.</summary>
    private string Sources() => _aliases.Count == 1 && !_filtersType ? Index(_aliases.Keys.Single()) : Documents();

    /// <summary>A document with several rows is ordered by the greatest value of each column, ascending or descending.</summary>
    private string SelectDocumentsById(int? take)
    {
        const string id = "q.\"Id\"";
        var isGrouped = CanHaveMultipleRows();
        var keys = _orders.Select((order, number) => (Name: $"\"o{number}\"", order.Type, order.IsDescending, Value: isGrouped ? Store.Dialect.Max(order.Column, order.Type) : order.Column)).ToArray();
        var columns = string.Concat(keys.Select(key => $", {key.Value} AS {key.Name}"));
        var group = isGrouped ? $" GROUP BY {DocumentId()}" : "";
        var inner = isGrouped ? keys.Select(key => (Store.Dialect.OrderByExpression(key.Value, key.Type), key.IsDescending)) : keys.Select(key => (key.Value, key.IsDescending));

        return $"SELECT {DocumentAlias}.* FROM (SELECT {DocumentId()} AS \"Id\"{columns} FROM {Sources()}{Where()}{group}{Order(inner, DocumentId())}{Page(take)}) q"
            + $" INNER JOIN {Store.Tables.Document} {DocumentAlias} ON {DocumentAlias}.{Store.Tables.Id} = {id}"
            + Order(keys.Select(key => (Store.Dialect.OrderByExpression($"q.{key.Name}", key.Type), key.IsDescending)), id);
    }

    private string Order(params string[] ids) => Order(_orders.Select(order => (order.Column, order.IsDescending)), ids);

    /// <summary>
    /// Equal rows are ordered by id, so that no document appears on two pages. The id has the same direction as the column
    /// before it, so that a database index serves both.
    /// </summary>
    private static string Order(IEnumerable<(string Column, bool IsDescending)> orders, params string[] ids)
    {
        var all = orders.ToArray();
        var isDescending = all.Length > 0 && all[^1].IsDescending;

        return " ORDER BY " + string.Join(", ", all.Concat(ids.Select(id => (Column: id, IsDescending: isDescending))).Select(order => order.IsDescending ? order.Column + Descending : order.Column));
    }

    private string Page(int? take) => Store.Dialect.PagingClause(
        _skip is { } skip ? AddParameter(skip) : null,
        (take ?? _take) is { } count ? AddParameter(count) : null);
}
