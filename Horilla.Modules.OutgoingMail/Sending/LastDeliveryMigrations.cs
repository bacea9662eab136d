using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell.Scope;
using YesSql;
using YesSql.Sql;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Creates and updates the table of <see cref="LastDeliveryIndex"/>.</summary>
public sealed class LastDeliveryMigrations : DataMigration
{
    /// <summary>Creates the table.</summary>
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<LastDeliveryIndex>(table => table
            .Column<string>(nameof(LastDeliveryIndex.ConfigurationId), column => column.WithLength(26))
            .Column<string>(nameof(LastDeliveryIndex.Status), column => column.WithLength(20)));

        await SchemaBuilder.AlterIndexTableAsync<LastDeliveryIndex>(table => table
            .CreateIndex("IDX_LastDeliveryIndex_ConfigurationId", nameof(LastDeliveryIndex.ConfigurationId), "DocumentId"));
        await CreateStatusIndexAsync();

        return 2;
    }

    /// <summary>Adds the status, which health checks query. Stored documents are reindexed after the table has changed.</summary>
    public async Task<int> UpdateFrom1Async()
    {
        await SchemaBuilder.AlterIndexTableAsync<LastDeliveryIndex>(table => table
            .AddColumn<string>(nameof(LastDeliveryIndex.Status), column => column.WithLength(20)));
        await CreateStatusIndexAsync();
        ShellScope.AddDeferredTask(async scope =>
        {
            var session = scope.ServiceProvider.GetRequiredService<ISession>();

            foreach (var delivery in await session.Query<LastDelivery>().ListAsync())
            {
                await session.SaveAsync(delivery);
            }
        });

        return 2;
    }

    private Task CreateStatusIndexAsync() => SchemaBuilder.AlterIndexTableAsync<LastDeliveryIndex>(table => table
        .CreateIndex("IDX_LastDeliveryIndex_Status", nameof(LastDeliveryIndex.Status), "DocumentId"));
}
