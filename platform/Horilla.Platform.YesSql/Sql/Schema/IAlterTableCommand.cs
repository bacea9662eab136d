namespace YesSql.Sql.Schema;

public interface IAlterTableCommand : ISchemaCommand
{
    void AddColumn(string columnName, Type dbType, Action<IAddColumnCommand>? column = null);

    void AddColumn<T>(string columnName, Action<IAddColumnCommand>? column = null);

    void DropColumn(string columnName);

    void RenameColumn(string columnName, string newName);

    void CreateIndex(string indexName, params string[] columnNames);

    void DropIndex(string indexName);
}
