using System.Linq.Expressions;
using Dapper;
using Horilla.Platform.Storage.Documents;

namespace Horilla.Platform.Storage.Queries;

/// <summary>The parts of a query, collected until it runs.</summary>
internal sealed class QueryState(Store store)
{
    private const string DocumentAlias = "d";
    private const string Descending = " DESC";

    private readonly Dictionary<Type, string> _aliases = [];
    private readonly List<string> _conditions = [];
    private readonly List<string> _orders = [];
    private bool _filtersType;
    private int? _skip;
    private int? _take;

    public Store Store { get; } = store;

    public DynamicParameters Parameters { get; } = new();

    private int ParameterCount { get; set; }

    public void FilterType(Type type)
    {
        _filtersType = true;
        _conditions.Add($"{DocumentAlias}.{Store.Tables.Type} = {AddParameter(Store.TypeNames.Of(type))}");
    }

    /// <summary>The alias of an index in this query; the index joins it when first asked for.</summary>
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
        Parameters.Add(name, Store.Dialect.Parameter(value));

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
            ?? throw new NotSupportedException($"A query is ordered by a column of its index, not by '{key.Body}'.");
        _orders.Add(descending ? column + Descending : column);
    }

    public void Skip(int count) => _skip = count;

    public void Take(int count) => _take = count;

    public string SelectDocuments(int? take = null) => $"SELECT {DocumentAlias}.* FROM {Documents()}{Where()}{Order(DocumentId())}{Page(take)}";

    /// <summary>Each row of an index belongs to a document: where there is one index alone, the documents need not be looked at.</summary>
    public string CountDocuments()
        => _aliases.Count == 1 && !_filtersType
            ? $"SELECT COUNT(*) FROM {Index(_aliases.Keys.Single())}{Where()}"
            : $"SELECT COUNT(*) FROM {Documents()}{Where()}";

    public string SelectIndex(Type indexType, int? take = null)
        => $"SELECT {Alias(indexType)}.* FROM {Index(indexType)}{Where()}{Order($"{Alias(indexType)}.{Store.Tables.Id}")}{Page(take)}";

    public string CountIndex(Type indexType) => $"SELECT COUNT(*) FROM {Index(indexType)}{Where()}";

    private string Index(Type indexType) => $"{Store.Tables.Index(indexType)} {Alias(indexType)}";

    private string Documents()
        => $"{Store.Tables.Document} {DocumentAlias}" + string.Concat(_aliases.Select(index =>
            $" INNER JOIN {Store.Tables.Index(index.Key)} {index.Value} ON {index.Value}.{Store.Tables.DocumentId} = {DocumentAlias}.{Store.Tables.Id}"));

    private string Where() => _conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _conditions);

    /// <summary>The id of the document, by the index where there is one: what orders by its columns can then order by it alone.</summary>
    private string DocumentId()
        => _aliases.Count == 1 ? $"{_aliases.Values.Single()}.{Store.Tables.DocumentId}" : $"{DocumentAlias}.{Store.Tables.Id}";

    /// <summary>
    /// Equal ones stand in the order of their ids, so that a page never shows what another one has shown; in the direction
    /// of the order before it, so that a database index serves both.
    /// </summary>
    private string Order(string id)
        => " ORDER BY " + string.Join(", ", [.. _orders, _orders.Count > 0 && _orders[^1].EndsWith(Descending, StringComparison.Ordinal) ? id + Descending : id]);

    private string Page(int? take) => Store.Dialect.Page(
        _skip is { } skip ? AddParameter(skip) : null,
        (take ?? _take) is { } count ? AddParameter(count) : null);
}
