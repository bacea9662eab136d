using System.Text.Json;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Writes about many messages in a few statements: most are marks and plain successes. The others are written one by one. Within
/// a batch the order doesn't matter, because a message has at most one of them: its mark is committed before its content is
/// sent.
/// </summary>
internal static class OutboxBatch
{
    /// <summary>The maximum number of rows in a statement, below the limits of parameters of all databases.</summary>
    private const int MaxRows = 100;

    /// <summary>Writes a batch.</summary>
    /// <param name="connection">The connection, within a transaction.</param>
    /// <param name="owner">This node.</param>
    /// <param name="batch">What to write.</param>
    /// <returns>For each, whether its claim was still valid.</returns>
    public static async Task<IReadOnlyList<bool>> WriteAsync(OutboxConnection connection, string owner, IReadOnlyList<OutboxWrite> batch)
    {
        var written = new HashSet<OutboxWrite>(ReferenceEqualityComparer.Instance);

        foreach (var marks in batch.OfType<OutboxWrite.Mark>().Chunk(MaxRows))
        {
            var valid = await FindValidAsync(connection, owner, marks);
            await UpdateAsync(connection, owner, valid, "[ContentStarted] = 1", new { });
            written.UnionWith(valid);
        }

        foreach (var successes in batch.OfType<OutboxWrite.Outcome>().Where(IsPlainSuccess).Chunk(MaxRows))
        {
            var valid = await FindValidAsync(connection, owner, successes);
            await WriteSuccessesAsync(connection, owner, valid);
            written.UnionWith(valid);
        }

        var results = new bool[batch.Count];

        foreach (var (number, write) in batch.Index())
        {
            // One that isn't valid here may be in doubt by now, and is then written on its own.
            results[number] = written.Contains(write) || (write is not OutboxWrite.Mark && await write.RunAsync(connection));
        }

        var ended = batch.Index().Where(item => results[item.Index]).Select(item => item.Item).OfType<OutboxWrite.Outcome>().Where(outcome => outcome.Value.EndedAt is not null);
        await OutboxHours.AddAsync(connection, ended.Select(outcome => outcome.Value.GetEnd()));

        return results;
    }

    private static bool IsPlainSuccess(OutboxWrite.Outcome outcome) => outcome.Value is { State: OutboxMailState.Sent, RejectedRecipients.Count: 0, PendingRecipients.Count: 0, ClearsServerState: false, RoutedFrom: null, Result: not null } value
        && value.ConfigurationId == value.Claim.Mail.ConfigurationId
        && value.Sender == value.Claim.Mail.Sender;

    private static async Task<IReadOnlyList<T>> FindValidAsync<T>(OutboxConnection connection, string owner, T[] writes)
        where T : OutboxWrite
    {
        var parameters = new DynamicParameters(new { owner });
        var ids = SqlList.Add(parameters, "id", [.. writes.Select(write => write.Claim.Mail.MailId)]);
        var sql = connection.Database.Translate($"SELECT [MailId], [ClaimNumber] FROM {{OutgoingMailOutbox}} WHERE [MailId] IN {ids} AND [State] = 2 AND [Owner] = @owner") + connection.Database.LockClause;
        var claims = (await connection.QueryBuiltAsync<(string MailId, long ClaimNumber)>(sql, parameters)).ToDictionary(row => row.MailId, row => row.ClaimNumber);

        return [.. writes.Where(write => claims.TryGetValue(write.Claim.Mail.MailId, out var number) && number == write.Claim.Mail.ClaimNumber)];
    }

    private static async Task UpdateAsync(OutboxConnection connection, string owner, IReadOnlyList<OutboxWrite> writes, string assignments, object values)
    {
        if (writes.Count > 0)
        {
            var parameters = new DynamicParameters(values);
            parameters.Add("owner", owner);
            var ids = SqlList.Add(parameters, "id", [.. writes.Select(write => write.Claim.Mail.MailId)]);
            await connection.ExecuteAsync($"UPDATE {{OutgoingMailOutbox}} SET {assignments} WHERE [MailId] IN {ids} AND [State] = 2 AND [Owner] = @owner", parameters);
        }
    }

    private static async Task WriteSuccessesAsync(OutboxConnection connection, string owner, IReadOnlyList<OutboxWrite.Outcome> successes)
    {
        if (successes.Count == 0)
        {
            return;
        }

        var at = successes.Max(success => success.Value.At);
        await UpdateAsync(connection, owner, successes, "[State] = 3, [EndedAt] = @at, [Attempts] = [Attempts] + 1, [ErrorJson] = NULL, [Owner] = NULL, [LeaseUntil] = 0, [ContentStarted] = 0", new { at });
        var accepted = new DynamicParameters();
        var ids = SqlList.Add(accepted, "id", [.. successes.Select(success => success.Claim.Mail.MailId)]);
        await connection.ExecuteAsync($"UPDATE {{OutgoingMailOutboxRecipient}} SET [State] = 1 WHERE [MailId] IN {ids} AND [State] = 0", accepted);
        await InsertAttemptsAsync(connection, successes);
    }

    private static async Task InsertAttemptsAsync(OutboxConnection connection, IReadOnlyList<OutboxWrite.Outcome> successes)
    {
        var parameters = new DynamicParameters();
        var rows = new List<string>();

        foreach (var (number, success) in successes.Index())
        {
            parameters.Add($"m{number}", success.Claim.Mail.MailId);
            parameters.Add($"n{number}", success.Value.Attempts);
            parameters.Add($"e{number}", success.Value.At);
            parameters.Add($"r{number}", JsonSerializer.Serialize(success.Value.Result));
            rows.Add($"(@m{number}, @n{number}, @e{number}, @r{number})");
        }

        await connection.ExecuteAsync($"INSERT INTO {{OutgoingMailOutboxAttempt}} ([MailId], [Number], [EndedAt], [ResultJson]) VALUES {string.Join(", ", rows)}", parameters);
    }
}
