using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Writes about many messages together. Most are marks and plain successes: these take one round trip, which changes a known number
/// of rows if all claims are still valid. Within a batch the order doesn't matter, because a message has at most one of them: its
/// mark is committed before its content is sent.
/// </summary>
internal static class OutboxBatch
{
    /// <summary>The maximum number of messages in a batch, below the limits of parameters of all databases.</summary>
    public const int MaxSize = 100;

    /// <summary>Writes a batch, most of it together.</summary>
    /// <param name="connection">The connection, within a transaction.</param>
    /// <param name="batch">What to write, at most <see cref="MaxSize"/>.</param>
    /// <returns>For each, whether its claim was still valid; null if the transaction has to be rolled back, because they can't be written together.</returns>
    public static async Task<IReadOnlyList<bool>?> TryWriteTogetherAsync(OutboxConnection connection, IReadOnlyList<OutboxWrite> batch)
    {
        OutboxWrite.Mark[] marks = [.. batch.OfType<OutboxWrite.Mark>()];
        OutboxWrite.Outcome[] successes = [.. batch.OfType<OutboxWrite.Outcome>().Where(IsPlainSuccess)];

        if (marks.Length + successes.Length > 0 && !await TryWriteAsync(connection, marks, successes))
        {
            return null;
        }

        var together = new HashSet<OutboxWrite>([.. marks, .. successes], ReferenceEqualityComparer.Instance);

        return await WriteEachAsync(connection, batch, together.Contains);
    }

    /// <summary>Writes a batch one by one.</summary>
    /// <param name="connection">The connection, within a transaction.</param>
    /// <param name="batch">What to write.</param>
    /// <returns>For each, whether its claim was still valid.</returns>
    public static Task<IReadOnlyList<bool>> WriteEachAsync(OutboxConnection connection, IReadOnlyList<OutboxWrite> batch) => WriteEachAsync(connection, batch, _ => false);

    private static async Task<IReadOnlyList<bool>> WriteEachAsync(OutboxConnection connection, IReadOnlyList<OutboxWrite> batch, Func<OutboxWrite, bool> isWritten)
    {
        var results = new bool[batch.Count];
        var ended = new List<(string ConfigurationId, long At, bool IsSent)>();

        foreach (var (number, write) in batch.Index())
        {
            if (isWritten(write))
            {
                results[number] = true;
                continue;
            }

            results[number] = await write.RunAsync(connection);

            if (results[number] && write is OutboxWrite.Outcome { Value: { EndedAt: not null } outcome })
            {
                ended.Add(outcome.GetEnd());
            }
        }

        await OutboxHours.AddAsync(connection, ended);

        return results;
    }

    private static bool IsPlainSuccess(OutboxWrite.Outcome outcome) => outcome.Value is { State: OutboxMailState.Sent, RejectedRecipients.Count: 0, PendingRecipients.Count: 0, ClearsServerState: false, RoutedFrom: null, Result: not null } value
        && value.ConfigurationId == value.Claim.Mail.ConfigurationId;

    /// <summary>Writes marks and successes in one round trip.</summary>
    /// <returns>Whether it changed all rows. It doesn't if a claim is no longer valid, or the hour is new.</returns>
    private static async Task<bool> TryWriteAsync(OutboxConnection connection, OutboxWrite.Mark[] marks, OutboxWrite.Outcome[] successes)
    {
        var parameters = new DynamicParameters(new { at = successes.Select(success => success.Value.At).DefaultIfEmpty().Max() });
        var statements = new List<string>(marks.GroupBy(mark => mark.Claim.Mail.ClaimNumber).Select((group, number) => CreateUpdate(parameters, $"mark{number}", group, "[ContentStarted] = 1")));
        var expected = marks.Length;

        if (successes.Length > 0)
        {
            statements.AddRange(successes.GroupBy(success => (success.Claim.Mail.ClaimNumber, success.Value.Sender)).Select((group, number) =>
            {
                parameters.Add($"sender{number}", group.Key.Sender);

                return CreateUpdate(parameters, $"sent{number}", group, $"[State] = 3, [Sender] = @sender{number}, [EndedAt] = @at, [Attempts] = [Attempts] + 1, [ErrorJson] = NULL, [Owner] = NULL, [LeaseUntil] = 0, [ContentStarted] = 0");
            }));
            var ids = SqlList.Add(parameters, "id", [.. successes.Select(success => success.Claim.Mail.MailId)]);
            statements.Add($"UPDATE {{OutgoingMailOutboxRecipient}} SET [State] = 1 WHERE [MailId] IN {ids} AND [State] = 0");
            statements.Add(OutboxStore.CreateAttemptInsert(parameters, successes.Select(success => (success.Claim.Mail.MailId, success.Value.Attempts, success.Value.Result!, success.Value.At))));
            var hours = OutboxHours.CreateUpdates(parameters, successes.Select(success => success.Value.GetEnd()));
            statements.AddRange(hours);
            expected += (2 * successes.Length) + successes.Sum(success => success.Claim.Recipients.Count(recipient => recipient.State == OutboxRecipientState.Pending)) + hours.Count;
        }

        return await connection.ExecuteAsync(statements, parameters) == expected;
    }

    /// <summary>Creates an update of messages with the same number of claims. Nearly all messages are claimed once, and a server has one sender.</summary>
    private static string CreateUpdate(DynamicParameters parameters, string name, IEnumerable<OutboxWrite> writes, string assignments)
    {
        OutboxWrite[] all = [.. writes];
        parameters.Add($"{name}n", all[0].Claim.Mail.ClaimNumber);
        var ids = SqlList.Add(parameters, $"{name}i", [.. all.Select(write => write.Claim.Mail.MailId)]);

        return $"UPDATE {{OutgoingMailOutbox}} SET {assignments} WHERE [MailId] IN {ids} AND [State] = 2 AND [ClaimNumber] = @{name}n";
    }
}
