using OrchardCore.Data.Migration;
using OrchardCore.Users.Indexes;
using YesSql.Sql;

namespace Horilla.Platform.Admin.Users;

internal sealed class UserMigrations : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<UserIndex>(table => table
            .Column<string>(nameof(UserIndex.UserId), column => column.WithLength(26))
            .Column<string>(nameof(UserIndex.NormalizedUserName), column => column.WithLength(255))
            .Column<string>(nameof(UserIndex.NormalizedEmail), column => column.WithLength(255))
            .Column<bool>(nameof(UserIndex.IsEnabled), column => column.NotNull().WithDefault(true)));

        await SchemaBuilder.AlterIndexTableAsync<UserIndex>(table =>
        {
            table.CreateIndex("IDX_UserIndex_UserId", nameof(UserIndex.UserId));
            table.CreateIndex("IDX_UserIndex_NormalizedUserName", nameof(UserIndex.NormalizedUserName));
            table.CreateIndex("IDX_UserIndex_NormalizedEmail", nameof(UserIndex.NormalizedEmail));
        });

        return 1;
    }
}
