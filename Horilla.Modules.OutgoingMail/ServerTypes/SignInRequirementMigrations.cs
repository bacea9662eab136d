using OrchardCore.Data.Migration;
using YesSql.Sql;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Creates the table of <see cref="SignInRequirementIndex"/>.</summary>
public sealed class SignInRequirementMigrations : DataMigration
{
    /// <summary>Creates the table.</summary>
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<SignInRequirementIndex>(table => table
            .Column<string>(nameof(SignInRequirementIndex.ConfigurationId), column => column.WithLength(26)));
        await SchemaBuilder.AlterIndexTableAsync<SignInRequirementIndex>(table =>
            table.CreateIndex("IDX_SignInRequirementIndex_ConfigurationId", nameof(SignInRequirementIndex.ConfigurationId), "DocumentId"));

        return 1;
    }
}
