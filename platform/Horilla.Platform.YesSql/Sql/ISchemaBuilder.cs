using System.Data.Common;
using YesSql.Sql.Schema;

namespace YesSql.Sql;

/// <summary>Changes the tables of a store, within the transaction of the migration.</summary>
public interface ISchemaBuilder
{
    ISqlDialect Dialect { get; }

    string TablePrefix { get; }

    DbConnection Connection { get; }

    DbTransaction Transaction { get; }

    ITableNameConvention TableNameConvention { get; }

    Task CreateMapIndexTableAsync(Type indexType, Action<ICreateTableCommand> table, string? collection);

    Task AlterIndexTableAsync(Type indexType, Action<IAlterTableCommand> table, string? collection);

    Task DropMapIndexTableAsync(Type indexType, string? collection = null);

    Task CreateTableAsync(string name, Action<ICreateTableCommand> table);

    Task AlterTableAsync(string name, Action<IAlterTableCommand> table);

    Task DropTableAsync(string name);
}
