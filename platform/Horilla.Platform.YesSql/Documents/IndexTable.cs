using System.Data;
using System.Reflection;
using Horilla.Platform.Storage.Dialects;

namespace Horilla.Platform.Storage.Documents;

/// <summary>The table of one index. Its columns are the public properties of the index that have a getter and a setter.</summary>
internal sealed class IndexTable
{
    private readonly Dialect _dialect;

    public IndexTable(Type indexType, TableNames tables, Dialect dialect)
    {
        _dialect = dialect;
        Columns = [.. indexType
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanRead: true, CanWrite: true, Name: not ("Id" or "DocumentId") })];
        Name = tables.Index(indexType);

        var names = Columns.Select(column => dialect.QuoteForColumnName(column.Name));
        var values = Columns.Select(column => "@" + column.Name);
        Insert = $"INSERT INTO {Name} ({string.Join(", ", [tables.DocumentId, .. names])}) VALUES ({string.Join(", ", ["@DocumentId", .. values])})";
        Delete = $"DELETE FROM {Name} WHERE {tables.DocumentId} = @DocumentId";
    }

    public string Name { get; }

    public string Insert { get; }

    public string Delete { get; }

    private PropertyInfo[] Columns { get; }

    public Dapper.DynamicParameters Parameters(long documentId, object index)
    {
        var parameters = new Dapper.DynamicParameters();
        parameters.Add("DocumentId", documentId, DbType.Int64);

        foreach (var column in Columns)
        {
            parameters.Add(column.Name, _dialect.ToParameterValue(column.GetValue(index)));
        }

        return parameters;
    }
}
