namespace YesSql;

/// <summary>Names of tables, without the prefix.</summary>
public interface ITableNameConvention
{
    string GetDocumentTable(string? collection = null);

    string GetIndexTable(Type indexType, string? collection = null);
}
