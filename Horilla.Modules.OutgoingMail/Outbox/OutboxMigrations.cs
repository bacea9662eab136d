using OrchardCore.Data.Migration;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Creates the tables of the outbox. Times are ticks in UTC, which compare the same way in every database.</summary>
public sealed class OutboxMigrations : DataMigration
{
    private const int IdLength = 26;

    /// <summary>Creates the tables.</summary>
    public async Task<int> CreateAsync()
    {
        await CreateMailTableAsync();
        await CreateChildTablesAsync();
        await SchemaBuilder.CreateTableAsync(OutboxTables.Key, table => table
            .Column<string>("KeyHash", column => column.NotNull().Unique().WithLength(64))
            .Column<string>("MailId", column => column.NotNull().WithLength(IdLength)));
        await SchemaBuilder.AlterTableAsync(OutboxTables.Key, table => table.CreateIndex($"IDX_{OutboxTables.Key}_MailId", "MailId"));
        await SchemaBuilder.CreateTableAsync(OutboxTables.Server, table => table
            .Column<string>("ConfigurationId", column => column.NotNull().Unique().WithLength(IdLength))
            .Column<int>("Failures")
            .Column<long>("FailingSince")
            .Column<long>("BlockedUntil")
            .Column<int>("BlockMinutes")
            .Column<string>("ErrorJson", column => column.Unlimited()));
        await SchemaBuilder.CreateTableAsync(OutboxTables.Limit, table => table
            .Column<string>("ConfigurationId", column => column.NotNull().Unique().WithLength(IdLength))
            .Column<long>("LimitedUntil")
            .Column<string>("WindowJson", column => column.Unlimited()));
        await SchemaBuilder.CreateTableAsync(OutboxTables.Hour, table => table
            .Column<string>("HourKey", column => column.NotNull().Unique().WithLength(50))
            .Column<long>("Hour")
            .Column<string>("ConfigurationId", column => column.WithLength(IdLength))
            .Column<int>("Sent")
            .Column<int>("Failed"));
        await SchemaBuilder.AlterTableAsync(OutboxTables.Hour, table => table.CreateIndex($"IDX_{OutboxTables.Hour}_Hour", "Hour", "ConfigurationId"));

        return 1;
    }

    private async Task CreateMailTableAsync()
    {
        await SchemaBuilder.CreateTableAsync(OutboxTables.Mail, table => table
            .Column<string>("MailId", column => column.NotNull().Unique().WithLength(IdLength))
            .Column<string>("MessageId", column => column.WithLength(255))
            .Column<int>("Kind")
            .Column<int>("State")
            .Column<int>("Priority")
            .Column<string>("ConfigurationId", column => column.WithLength(IdLength))
            .Column<string>("RoutedFrom", column => column.WithLength(IdLength))
            .Column<string>("Category", column => column.WithLength(100))
            .Column<string>("Sender", column => column.WithLength(320))
            .Column<string>("Subject", column => column.WithLength(255))
            .Column<long>("CreatedAt")
            .Column<long>("NotBefore")
            .Column<long>("ExpiresAt")
            .Column<long>("FirstDueAt")
            .Column<long>("DueAt")
            .Column<long>("EndedAt")
            .Column<int>("Attempts")
            .Column<string>("Owner", column => column.WithLength(IdLength))
            .Column<long>("LeaseUntil")
            .Column<long>("ClaimNumber")
            .Column<int>("ContentStarted")
            .Column<int>("ResendIfInDoubt")
            .Column<long>("Size")
            .Column<int>("HasContent")
            .Column<string>("OptionsJson", column => column.Unlimited())
            .Column<string>("ErrorJson", column => column.Unlimited()));

        await SchemaBuilder.AlterTableAsync(OutboxTables.Mail, table =>
        {
            // For the senders. It starts with the state, so that the many messages that are done cost nothing.
            table.CreateIndex($"IDX_{OutboxTables.Mail}_Claim", "State", "ConfigurationId", "Priority", "DueAt");

            // For the log, with and without a filter.
            table.CreateIndex($"IDX_{OutboxTables.Mail}_Created", "CreatedAt");
            table.CreateIndex($"IDX_{OutboxTables.Mail}_State", "State", "CreatedAt");
            table.CreateIndex($"IDX_{OutboxTables.Mail}_Server", "ConfigurationId", "CreatedAt");
            table.CreateIndex($"IDX_{OutboxTables.Mail}_Category", "Category", "CreatedAt");
            table.CreateIndex($"IDX_{OutboxTables.Mail}_MessageId", "MessageId");

            // For trimming.
            table.CreateIndex($"IDX_{OutboxTables.Mail}_Ended", "HasContent", "EndedAt");
        });
    }

    private async Task CreateChildTablesAsync()
    {
        await SchemaBuilder.CreateTableAsync(OutboxTables.Recipient, table => table
            .Column<string>("MailId", column => column.NotNull().WithLength(IdLength))
            .Column<int>("Number")
            .Column<string>("Address", column => column.WithLength(320))
            .Column<string>("AddressKey", column => column.WithLength(AddressKey.MaxLength + 1))
            .Column<long>("CreatedAt")
            .Column<int>("State")
            .Column<string>("ErrorJson", column => column.Unlimited()));
        await SchemaBuilder.CreateTableAsync(OutboxTables.Content, table => table
            .Column<string>("MailId", column => column.NotNull().WithLength(IdLength))
            .Column<int>("Number")
            .Column<byte[]>("Data", column => column.Unlimited()));
        await SchemaBuilder.CreateTableAsync(OutboxTables.Attempt, table => table
            .Column<string>("MailId", column => column.NotNull().WithLength(IdLength))
            .Column<int>("Number")
            .Column<long>("EndedAt")
            .Column<string>("ResultJson", column => column.Unlimited()));

        foreach (var name in (string[])[OutboxTables.Recipient, OutboxTables.Content, OutboxTables.Attempt])
        {
            await SchemaBuilder.AlterTableAsync(name, table => table.CreateIndex($"IDX_{name}_MailId", "MailId", "Number"));
        }

        await SchemaBuilder.AlterTableAsync(OutboxTables.Recipient, table => table.CreateIndex($"IDX_{OutboxTables.Recipient}_Address", "AddressKey", "CreatedAt", "MailId"));
    }
}
