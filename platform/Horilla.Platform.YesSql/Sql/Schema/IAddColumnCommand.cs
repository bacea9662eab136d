namespace YesSql.Sql.Schema;

public interface IAddColumnCommand : ICreateColumnCommand
{
}
