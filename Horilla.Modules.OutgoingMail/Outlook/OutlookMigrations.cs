using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell.Scope;
using YesSql;
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

        return 2;
    }

    /// <summary>Notes which servers require a sign-in. Runs after the tables have changed.</summary>
    public int UpdateFrom1()
    {
        ShellScope.AddDeferredTask(async scope =>
        {
            var session = scope.ServiceProvider.GetRequiredService<ISession>();
            var signIns = (await session.Query<OutlookSignIn, OutlookSignInIndex>().ListAsync()).ToLookup(signIn => signIn.ConfigurationId);
            const string outlook = OutlookServerType.TechnicalName;

            foreach (var configuration in await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.Type == outlook).ListAsync())
            {
                await session.SetSignInRequiredAsync(configuration.ConfigurationId, !signIns[configuration.ConfigurationId].Any(signIn => signIn.IsUsable && signIn.IsFor(configuration)));
            }
        });

        return 2;
    }
}
