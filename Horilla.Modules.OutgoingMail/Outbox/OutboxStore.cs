using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Stores, finds and cancels messages, on a connection of its caller.</summary>
internal static class OutboxStore
{
    /// <summary>The columns of <see cref="OutboxMailRow"/>.</summary>
    public const string Columns = "[MailId], [MessageId], [Kind], [State], [Priority], [ConfigurationId], [RoutedFrom], [Category], [Sender], [Subject], [CreatedAt], [NotBefore], [ExpiresAt], [FirstDueAt], [DueAt], [EndedAt], [Attempts], [ClaimNumber], [Size], [HasContent], [OptionsJson], [ErrorJson]";

    /// <summary>The maximum number of recipients that <see cref="OutboxMail.Recipients"/> has.</summary>
    private const int MaxRecipientsShown = 100;

    private static readonly string[] MailColumns = ["MailId", "MessageId", "Kind", "State", "Priority", "ConfigurationId", "Category", "Sender", "Subject", "CreatedAt", "NotBefore", "ExpiresAt", "FirstDueAt", "DueAt", "EndedAt", "Attempts", "LeaseUntil", "ClaimNumber", "ContentStarted", "ResendIfInDoubt", "Size", "HasContent", "OptionsJson", "ErrorJson"];
    private static readonly string[] RecipientColumns = ["MailId", "Number", "Address", "AddressKey", "CreatedAt", "State", "ErrorJson"];
    private static readonly string[] AttemptColumns = ["MailId", "Number", "EndedAt", "ResultJson"];

    /// <summary>Stores messages with their recipients and first attempts.</summary>
    public static async Task InsertAsync(OutboxConnection connection, IReadOnlyList<OutboxNewMail> mails)
    {
        var inserts = new SqlInserts(connection);
        await inserts.AddAsync(OutboxTables.Mail, MailColumns, [.. mails.Select(mail => GetValues(mail.Row, mail.ResendsIfInDoubt))]);
        await inserts.AddAsync(OutboxTables.Recipient, RecipientColumns, [.. mails.SelectMany(mail => mail.Recipients.Select((recipient, number) => GetValues(mail.Row, recipient, number)))]);
        await inserts.AddAsync(OutboxTables.Attempt, AttemptColumns, [.. mails.Where(mail => mail.FirstAttempt is not null).Select(mail => GetValues(mail.Row.MailId, 1, mail.FirstAttempt!, mail.Row.CreatedAt))]);
        await inserts.FlushAsync();
    }

    /// <summary>Creates a statement that stores attempts.</summary>
    /// <param name="parameters">Receives the values.</param>
    /// <param name="attempts">The attempts; at least one.</param>
    public static string CreateAttemptInsert(DynamicParameters parameters, IEnumerable<(string MailId, int Number, OutgoingMailResult Result, long EndedAt)> attempts)
        => SqlInserts.Create(parameters, "attempt", OutboxTables.Attempt, AttemptColumns, attempts.Select(attempt => GetValues(attempt.MailId, attempt.Number, attempt.Result, attempt.EndedAt)));

    private static object?[] GetValues(OutboxMailRow row, bool resendsIfInDoubt) =>
    [
        row.MailId, row.MessageId, (int)row.Kind, (int)row.State, (int)row.Priority, row.ConfigurationId, row.Category, row.Sender, row.Subject, row.CreatedAt, row.NotBefore, row.ExpiresAt,
        row.FirstDueAt, row.DueAt, row.EndedAt, row.Attempts, 0L, 0L, 0, resendsIfInDoubt ? 1 : 0, row.Size, row.HasContent ? 1 : 0, row.OptionsJson, row.ErrorJson,
    ];

    private static object?[] GetValues(OutboxMailRow row, OutboxRecipientRow recipient, int number)
        => [row.MailId, number, recipient.Address, AddressKey.Create(recipient.Address), row.CreatedAt, (int)recipient.State, recipient.ErrorJson];

    private static object?[] GetValues(string mailId, int number, OutgoingMailResult result, long endedAt) => [mailId, number, endedAt, JsonSerializer.Serialize(result)];

    /// <summary>Stores an idempotency key.</summary>
    public static Task InsertKeyAsync(OutboxConnection connection, string key, string mailId)
        => connection.ExecuteAsync("INSERT INTO {OutgoingMailOutboxKey} ([KeyHash], [MailId]) VALUES (@hash, @mailId)", new { hash = Hash(key), mailId });

    /// <summary>Returns the ID of the message with an idempotency key, or null if there is none.</summary>
    public static Task<string?> FindByKeyAsync(OutboxConnection connection, string key)
        => connection.ScalarAsync<string>("SELECT [MailId] FROM {OutgoingMailOutboxKey} WHERE [KeyHash] = @hash", new { hash = Hash(key) });

    /// <summary>Returns the servers that messages wait for. Finds each at the start of its part of an index, however many wait.</summary>
    public static async Task<IReadOnlyList<string>> GetWaitingServersAsync(OutboxConnection connection)
    {
        var servers = new List<string>();
        var next = await connection.ScalarAsync<string>("SELECT MIN([ConfigurationId]) FROM {OutgoingMailOutbox} WHERE [State] = 1");

        while (next is not null)
        {
            servers.Add(next);
            next = await connection.ScalarAsync<string>("SELECT MIN([ConfigurationId]) FROM {OutgoingMailOutbox} WHERE [State] = 1 AND [ConfigurationId] > @last", new { last = next });
        }

        return servers;
    }

    /// <summary>Returns the row of a message, or null.</summary>
    public static async Task<OutboxMailRow?> FindRowAsync(OutboxConnection connection, string mailId)
        => (await connection.QueryAsync<OutboxMailRow>($"SELECT {Columns} FROM {{OutgoingMailOutbox}} WHERE [MailId] = @mailId", new { mailId })).FirstOrDefault();

    /// <summary>Returns the recipients of a message in their order.</summary>
    public static Task<IReadOnlyList<OutboxRecipientRow>> GetRecipientsAsync(OutboxConnection connection, string mailId)
        => connection.QueryAsync<OutboxRecipientRow>("SELECT [Address], [State], [ErrorJson] FROM {OutgoingMailOutboxRecipient} WHERE [MailId] = @mailId ORDER BY [Number]", new { mailId });

    /// <summary>Returns a message, or null.</summary>
    public static async Task<OutboxMail?> FindAsync(OutboxConnection connection, string mailId)
    {
        if (await FindRowAsync(connection, mailId) is not { } row)
        {
            return null;
        }

        var recipients = await GetRecipientsAsync(connection, mailId);
        var isWaiting = row.State is OutboxMailState.Queued or OutboxMailState.Scheduled;
        var server = isWaiting ? await OutboxServerState.FindAsync(connection, row.ConfigurationId) : null;
        var limitedUntil = isWaiting ? await OutboxLimits.GetLimitedUntilAsync(connection, row.ConfigurationId) : 0;

        return new OutboxMail
        {
            Id = row.MailId,
            State = row.State,
            Priority = row.Priority,
            ConfigurationId = row.ConfigurationId.Length == 0 ? null : row.ConfigurationId,
            Category = row.Category,
            MessageId = row.MessageId,
            Sender = row.Sender,
            Recipients = [.. recipients.Take(MaxRecipientsShown).Select(recipient => recipient.Address)],
            Subject = row.Subject,
            CreatedUtc = ToUtc(row.CreatedAt),
            NotBeforeUtc = row.NotBefore is { } notBefore ? ToUtc(notBefore) : null,
            ExpiresUtc = row.ExpiresAt is { } expires ? ToUtc(expires) : null,
            NextAttemptUtc = isWaiting ? ToUtc(Math.Max(Math.Max(row.DueAt, limitedUntil), server?.BlockedUntil ?? 0)) : null,
            EndedUtc = row.EndedAt is { } ended ? ToUtc(ended) : null,
            Attempts = row.Attempts,
            Error = ParseError(row.ErrorJson) ?? ParseError(server?.ErrorJson),
            RefusedRecipients = [.. recipients.Where(recipient => recipient.State == OutboxRecipientState.Rejected && recipient.ErrorJson is not null).Select(ToRefusal)],
        };
    }

    /// <summary>Cancels a message that isn't sent yet.</summary>
    /// <returns>Whether it won't be sent.</returns>
    public static async Task<bool> CancelAsync(OutboxConnection connection, string mailId, long now)
    {
        // A node that has claimed the message finds that its claim is no longer valid before it sends the content.
        var cancelled = await connection.ExecuteAsync(
            "UPDATE {OutgoingMailOutbox} SET [State] = 7, [EndedAt] = @now, [Owner] = NULL, [ClaimNumber] = [ClaimNumber] + 1 WHERE [MailId] = @mailId AND ([State] IN (0, 1) OR ([State] = 2 AND [ContentStarted] = 0))",
            new { mailId, now });

        return cancelled > 0 || (await FindRowAsync(connection, mailId))?.State is OutboxMailState.Cancelled or OutboxMailState.Expired or OutboxMailState.Failed;
    }

    /// <summary>Converts ticks to a time in UTC.</summary>
    public static DateTime ToUtc(long ticks) => new(ticks, DateTimeKind.Utc);

    /// <summary>Reads an error, or returns null if there is none.</summary>
    public static OutgoingMailError? ParseError(string? json) => string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<OutgoingMailError>(json);

    private static RecipientRefusal ToRefusal(OutboxRecipientRow recipient) => new() { Address = recipient.Address, Error = ParseError(recipient.ErrorJson)! };

    /// <summary>The hash has a fixed length and no letters whose case a database might ignore.</summary>
    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
