using OrchardCore.Data.Migration;
using YesSql.Sql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Creates the index tables.</summary>
public sealed class OutlookMigrations : DataMigration
{
    /// <summary>Creates the tables.</summary>
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<OutlookSignInIndex>(table => table
            .Column<string>(nameof(OutlookSignInIndex.ConfigurationId), column => column.WithLength(26)));
        await SchemaBuilder.AlterIndexTableAsync<OutlookSignInIndex>(table =>
            table.CreateIndex("IDX_OutlookSignInIndex_ConfigurationId", nameof(OutlookSignInIndex.ConfigurationId), "DocumentId"));

        await SchemaBuilder.CreateMapIndexTableAsync<PendingSignInIndex>(table => table
            .Column<string>(nameof(PendingSignInIndex.StateHash), column => column.WithLength(64))
            .Column<string>(nameof(PendingSignInIndex.ConfigurationId), column => column.WithLength(26))
            .Column<DateTime>(nameof(PendingSignInIndex.ExpiresUtc)));
        await SchemaBuilder.AlterIndexTableAsync<PendingSignInIndex>(table =>
            table.CreateIndex("IDX_PendingSignInIndex_StateHash", nameof(PendingSignInIndex.StateHash), "DocumentId"));

        return 1;
    }
}
