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

        return 3;
    }

    /// <summary>Adds the status, which health checks query.</summary>
    public async Task<int> UpdateFrom1Async()
    {
        await SchemaBuilder.AlterIndexTableAsync<LastDeliveryIndex>(table => table
            .AddColumn<string>(nameof(LastDeliveryIndex.Status), column => column.WithLength(20)));
        await CreateStatusIndexAsync();

        return 2;
    }

    /// <summary>Derives the status of each server from its last delivery. Runs after the table has changed.</summary>
    public int UpdateFrom2()
    {
        ShellScope.AddDeferredTask(async scope =>
        {
            var session = scope.ServiceProvider.GetRequiredService<ISession>();

            foreach (var delivery in await session.Query<LastDelivery>().ListAsync())
            {
                if (delivery.Result is { } result)
                {
                    delivery.Record(result, delivery.AtUtc, result.Error is { } error && ServerErrors.IsServerError(error, usesDefaultSender: true));
                }

                await session.SaveAsync(delivery);
            }
        });

        return 3;
    }

    private Task CreateStatusIndexAsync() => SchemaBuilder.AlterIndexTableAsync<LastDeliveryIndex>(table => table
        .CreateIndex("IDX_LastDeliveryIndex_Status", nameof(LastDeliveryIndex.Status), "DocumentId"));
}
