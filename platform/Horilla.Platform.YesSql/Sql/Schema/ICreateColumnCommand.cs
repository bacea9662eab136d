namespace YesSql.Sql.Schema;

public interface ICreateColumnCommand : IColumnCommand
{
    bool IsNotNull { get; }

    bool IsUnique { get; }

    bool IsPrimaryKey { get; }

    ICreateColumnCommand NotNull();

    ICreateColumnCommand Nullable();

    ICreateColumnCommand Unique();

    ICreateColumnCommand PrimaryKey();
}
