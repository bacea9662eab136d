namespace YesSql.Sql.Schema;

internal sealed class ColumnCommand(string tableName, string columnName, Type dbType) : IAddColumnCommand
{
    public string Name { get; } = tableName;

    public string ColumnName { get; } = columnName;

    public Type DbType { get; } = dbType;

    public int? Length { get; private set; }

    public object? Default { get; private set; }

    public bool IsNotNull { get; private set; }

    public bool IsUnique { get; private set; }

    public bool IsPrimaryKey { get; private set; }

    public IColumnCommand WithDefault(object @default)
    {
        Default = @default;

        return this;
    }

    public IColumnCommand WithLength(int? length)
    {
        Length = length;

        return this;
    }

    public IColumnCommand Unlimited()
    {
        Length = null;

        return this;
    }

    public ICreateColumnCommand NotNull()
    {
        IsNotNull = true;

        return this;
    }

    public ICreateColumnCommand Nullable()
    {
        IsNotNull = false;

        return this;
    }

    public ICreateColumnCommand Unique()
    {
        IsUnique = true;

        return this;
    }

    public ICreateColumnCommand PrimaryKey()
    {
        IsPrimaryKey = true;

        return this;
    }
}
