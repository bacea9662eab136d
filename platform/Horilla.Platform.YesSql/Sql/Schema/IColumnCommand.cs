namespace YesSql.Sql.Schema;

public interface IColumnCommand : ITableCommand
{
    string ColumnName { get; }

    Type DbType { get; }

    int? Length { get; }

    object? Default { get; }

    IColumnCommand WithDefault(object @default);

    IColumnCommand WithLength(int? length);

    IColumnCommand Unlimited();
}
