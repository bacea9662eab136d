using YesSql.Sql;

namespace OrchardCore.Data.Migration;

/// <summary>
/// Changes of the tenant's tables: <c>CreateAsync</c> (or <c>Create</c>) gives the version that it leads to, and
/// <c>UpdateFrom1Async</c> and so on lead further. Each runs once in each tenant.
/// </summary>
public abstract class DataMigration : IDataMigration
{
    public ISchemaBuilder SchemaBuilder { get; set; } = null!;
}
