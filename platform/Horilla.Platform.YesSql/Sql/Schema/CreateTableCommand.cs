namespace YesSql.Sql.Schema;

internal sealed class CreateTableCommand(string name) : ICreateTableCommand
{
    public string Name { get; } = name;

    public List<ColumnCommand> Columns { get; } = [];

    public ICreateTableCommand Column(string columnName, Type dbType, Action<ICreateColumnCommand>? column = null)
    {
        var command = new ColumnCommand(Name, columnName, dbType);
        column?.Invoke(command);
        Columns.Add(command);

        return this;
    }

    public ICreateTableCommand Column<T>(string columnName, Action<ICreateColumnCommand>? column = null)
        => Column(columnName, typeof(T), column);
}
