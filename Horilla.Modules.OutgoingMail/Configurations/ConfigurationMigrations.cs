using OrchardCore.Data.Migration;
using YesSql.Sql;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>The table of the index.</summary>
public sealed class ConfigurationMigrations : DataMigration
{
    /// <summary>Creates the table.</summary>
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<OutgoingMailConfigurationIndex>(table => table
            .Column<string>(nameof(OutgoingMailConfigurationIndex.ConfigurationId), column => column.WithLength(26))
            .Column<string>(nameof(OutgoingMailConfigurationIndex.Title), column => column.WithLength(255))
            .Column<string>(nameof(OutgoingMailConfigurationIndex.Type), column => column.WithLength(50))
            .Column<string>(nameof(OutgoingMailConfigurationIndex.SearchText), column => column.WithLength(OutgoingMailConfigurationIndex.SearchTextLength))
            .Column<DateTime>(nameof(OutgoingMailConfigurationIndex.CreatedUtc)));

        await SchemaBuilder.AlterIndexTableAsync<OutgoingMailConfigurationIndex>(table =>
        {
            table.CreateIndex("IDX_OutgoingMailConfigurationIndex_ConfigurationId", nameof(OutgoingMailConfigurationIndex.ConfigurationId), "DocumentId");
            table.CreateIndex("IDX_OutgoingMailConfigurationIndex_Title", nameof(OutgoingMailConfigurationIndex.Title), "DocumentId");
            table.CreateIndex("IDX_OutgoingMailConfigurationIndex_Type", nameof(OutgoingMailConfigurationIndex.Type), nameof(OutgoingMailConfigurationIndex.Title), "DocumentId");
            table.CreateIndex("IDX_OutgoingMailConfigurationIndex_CreatedUtc", nameof(OutgoingMailConfigurationIndex.CreatedUtc), "DocumentId");
        });

        return 1;
    }
}
