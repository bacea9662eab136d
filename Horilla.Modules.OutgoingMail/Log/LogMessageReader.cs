using System.Security.Cryptography;
using System.Text.Json;
using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Reads a message of the log, its attempts and its content. Scoped.</summary>
public sealed class LogMessageReader(OutboxDatabase database, OutboxContent content)
{
    /// <summary>The maximum number of attempts that are shown.</summary>
    private const int MaxAttempts = 50;

    /// <summary>Returns a message, or null.</summary>
    public Task<LogMessageViewModel?> FindAsync(string mailId, CancellationToken cancellationToken)
        => database.ReadAsync(
            async connection =>
            {
                if (await OutboxStore.FindRowAsync(connection, mailId) is not { } row || await OutboxStore.FindAsync(connection, mailId) is not { } mail)
                {
                    return null;
                }

                var sql = database.Select(OutboxTables.Attempt, "[Number], [EndedAt], [ResultJson]", "[MailId] = @mailId", "[Number] DESC", "@count");
                var attempts = await connection.QueryBuiltAsync<(int Number, long EndedAt, string ResultJson)>(sql, new { mailId, count = MaxAttempts });

                return new LogMessageViewModel
                {
                    Mail = mail,
                    Kind = row.Kind,
                    Size = row.Size,
                    HasContent = row.HasContent,
                    Attempts = [.. attempts.Select(attempt => new LogAttempt(attempt.Number, OutboxStore.ToUtc(attempt.EndedAt), JsonSerializer.Deserialize<OutgoingMailResult>(attempt.ResultJson)!))],
                };
            },
            cancellationToken);

    /// <summary>Reads the content of a message.</summary>
    /// <returns>The content, or null if it isn't stored or can't be read.</returns>
    public async Task<LogContent?> ReadContentAsync(string mailId, CancellationToken cancellationToken)
        => await database.ReadAsync(
            async connection =>
            {
                try
                {
                    return await OutboxStore.FindRowAsync(connection, mailId) is { HasContent: true } row && await content.ReadAsync(connection, mailId, row.Size) is { } stored
                        ? new LogContent(stored.Message, stored.Buffer)
                        : null;
                }
                catch (Exception e) when (e is CryptographicException or InvalidDataException or FormatException)
                {
                    return null;
                }
            },
            cancellationToken);
}
