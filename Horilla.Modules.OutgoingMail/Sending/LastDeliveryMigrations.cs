using OrchardCore.Data.Migration;
using YesSql.Sql;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>The table of the index.</summary>
public sealed class LastDeliveryMigrations : DataMigration
{
    /// <summary>Creates the table.</summary>
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<LastDeliveryIndex>(table => table
            .Column<string>(nameof(LastDeliveryIndex.ConfigurationId), column => column.WithLength(26)));

        await SchemaBuilder.AlterIndexTableAsync<LastDeliveryIndex>(table => table
            .CreateIndex("IDX_LastDeliveryIndex_ConfigurationId", nameof(LastDeliveryIndex.ConfigurationId), "DocumentId"));

        return 1;
    }
}
