namespace YesSql.Services;

public class DefaultTableNameConvention : ITableNameConvention
{
    public const string DocumentTable = "Document";

    public string GetDocumentTable(string? collection = null) => DocumentTable;

    public string GetIndexTable(Type type, string? collection = null) => type.Name;
}
