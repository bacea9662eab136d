using OrchardCore.Data.Migration;
using YesSql.Sql;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>Creates the table of <see cref="ContactMessageIndex"/>.</summary>
public sealed class ContactMessageMigrations : DataMigration
{
    /// <summary>Creates the table.</summary>
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<ContactMessageIndex>(table => table.Column<DateTime>(nameof(ContactMessageIndex.AtUtc)));
        await SchemaBuilder.AlterIndexTableAsync<ContactMessageIndex>(table =>
            table.CreateIndex("IDX_ContactMessageIndex_AtUtc", nameof(ContactMessageIndex.AtUtc), "DocumentId"));

        return 1;
    }
}
