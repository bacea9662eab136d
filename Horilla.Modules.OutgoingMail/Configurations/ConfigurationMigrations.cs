using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell.Scope;
using YesSql;
using YesSql.Sql;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Creates and updates the table of the index.</summary>
public sealed class ConfigurationMigrations : DataMigration
{
    /// <summary>Creates the table.</summary>
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<OutgoingMailConfigurationIndex>(table => table
            .Column<string>(nameof(OutgoingMailConfigurationIndex.ConfigurationId), column => column.WithLength(26))
            .Column<string>(nameof(OutgoingMailConfigurationIndex.Title), column => column.WithLength(255))
            .Column<string>(nameof(OutgoingMailConfigurationIndex.Username), column => column.WithLength(255))
            .Column<string>(nameof(OutgoingMailConfigurationIndex.FromDomain), column => column.WithLength(255))
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
        await CreateSelectionIndexesAsync();

        return 3;
    }

    /// <summary>Adds the columns that a server is selected by. The next update fills them.</summary>
    public async Task<int> UpdateFrom1Async()
    {
        await SchemaBuilder.AlterIndexTableAsync<OutgoingMailConfigurationIndex>(table =>
        {
            table.AddColumn<string>(nameof(OutgoingMailConfigurationIndex.Username), column => column.WithLength(255));
            table.AddColumn<string>(nameof(OutgoingMailConfigurationIndex.FromDomain), column => column.WithLength(255));
        });
        await CreateSelectionIndexesAsync();

        return 2;
    }

    /// <summary>Reindexes existing configurations, whose search text now has the port and the security. Runs after the tables have changed.</summary>
    public int UpdateFrom2()
    {
        ShellScope.AddDeferredTask(async scope =>
        {
            var session = scope.ServiceProvider.GetRequiredService<ISession>();

            foreach (var configuration in await session.Query<OutgoingMailConfiguration>().ListAsync())
            {
                await session.SaveAsync(configuration);
            }
        });

        return 3;
    }

    private Task CreateSelectionIndexesAsync() => SchemaBuilder.AlterIndexTableAsync<OutgoingMailConfigurationIndex>(table =>
    {
        table.CreateIndex("IDX_OutgoingMailConfigurationIndex_Username", nameof(OutgoingMailConfigurationIndex.Username), "DocumentId");
        table.CreateIndex("IDX_OutgoingMailConfigurationIndex_FromDomain", nameof(OutgoingMailConfigurationIndex.FromDomain), "DocumentId");
    });
}
