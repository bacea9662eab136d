using YesSql.Sql;

namespace OrchardCore.Data.Migration;

/// <summary>
/// Creates and changes the tables of a tenant. <c>CreateAsync</c> (or <c>Create</c>) returns the version that it migrates to;
/// <c>UpdateFrom1Async</c> and so on continue from there. Each step runs once in each tenant.
/// </summary>
public abstract class DataMigration : IDataMigration
{
    public ISchemaBuilder SchemaBuilder { get; set; } = null!;
}
