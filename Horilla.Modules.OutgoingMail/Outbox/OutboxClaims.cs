using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Claims messages for this node, keeps its leases, and takes over the messages of nodes that are gone. A claim is a
/// conditional update, so that two nodes never claim the same message. One instance per dispatcher; thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="clock">The clock.</param>
/// <param name="owner">The ID of this node (26 characters), new for each start.</param>
/// <param name="lease">How long a claim is valid.</param>
internal sealed class OutboxClaims(OutboxDatabase database, OutboxClock clock, string owner, TimeSpan lease)
{
    /// <summary>How many expired messages and messages past their period are handled at a time.</summary>
    private const int MaxOverdue = 100;

    /// <summary>Stands for the server of messages that end without an attempt.</summary>
    private readonly ServerHealth _noServer = new("");

    /// <summary>Claims messages of a server that are due, by priority and age. None if the server is blocked or its limit reached, one if it's to be probed.</summary>
    /// <param name="server">The server.</param>
    /// <param name="maxPriority">The lowest priority to claim.</param>
    /// <param name="count">The maximum number.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public Task<IReadOnlyList<OutboxClaim>> ClaimDueAsync(OutboxServer server, OutboxPriority maxPriority, int count, CancellationToken cancellationToken)
        => database.RunAsync(
            async connection =>
            {
                var (configurationId, health) = (server.ConfigurationId, server.Health);
                health.Load(await OutboxServerState.FindAsync(connection, configurationId));
                var now = clock.Now;

                if (health.IsBlocked(now))
                {
                    return [];
                }

                count = health.IsInTrouble ? 1 : count;

                return server.Settings.HasLimits ? await ClaimWithinLimitsAsync(connection, server, maxPriority, count) : await ClaimDueAsync(connection, server, maxPriority, count);
            },
            cancellationToken);

    /// <summary>Moves the messages that wait for a server to another one, because it's blocked. A message is moved once.</summary>
    public Task<int> MoveAsync(string configurationId, string toConfigurationId, CancellationToken cancellationToken)
        => database.RunAsync(
            connection => connection.ExecuteAsync(
                "UPDATE {OutgoingMailOutbox} SET [ConfigurationId] = @toConfigurationId, [RoutedFrom] = @configurationId, [DueAt] = @now WHERE [State] = 1 AND [ConfigurationId] = @configurationId AND [RoutedFrom] IS NULL AND [ContentStarted] = 0",
                new { configurationId, toConfigurationId, now = clock.Now }),
            cancellationToken);

    /// <summary>Makes the health of a server take over its stored state, which an administrator may have reset.</summary>
    public Task LoadAsync(string configurationId, ServerHealth health, CancellationToken cancellationToken)
        => database.ReadAsync(
            async connection =>
            {
                health.Load(await OutboxServerState.FindAsync(connection, configurationId));

                return true;
            },
            cancellationToken);

    /// <summary>Claims messages that expired while they were waiting.</summary>
    public Task<IReadOnlyList<OutboxClaim>> ClaimExpiredAsync(CancellationToken cancellationToken)
        => database.RunAsync(connection => ClaimAsync(connection, "[State] IN (0, 1) AND [ExpiresAt] <= @now", "[ExpiresAt]", new { now = clock.Now }, MaxOverdue, _noServer), cancellationToken);

    /// <summary>Claims messages that were first due before a time, and are still waiting.</summary>
    /// <param name="dueBefore">The time, in ticks.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public Task<IReadOnlyList<OutboxClaim>> ClaimOverdueAsync(long dueBefore, CancellationToken cancellationToken)
        => database.RunAsync(connection => ClaimAsync(connection, "[State] = 1 AND [FirstDueAt] < @dueBefore", "[FirstDueAt]", new { dueBefore }, MaxOverdue, _noServer), cancellationToken);

    /// <summary>Returns the servers that messages wait for.</summary>
    public Task<IReadOnlyList<string>> GetWaitingServersAsync(CancellationToken cancellationToken) => database.ReadAsync(OutboxStore.GetWaitingServersAsync, cancellationToken);

    /// <summary>Queues the messages whose time has come.</summary>
    /// <returns>The earliest time at which a message will be due, a blocked server probed or a lease expired, in ticks; null if there is none.</returns>
    public Task<long?> QueueDueAsync(CancellationToken cancellationToken)
        => database.RunAsync(
            async connection =>
            {
                var now = clock.Now;
                await connection.ExecuteAsync("UPDATE {OutgoingMailOutbox} SET [State] = 1 WHERE [State] = 0 AND [DueAt] <= @now", new { now });

                // Separate queries, because the states are separate parts of an index.
                var scheduled = await connection.ScalarAsync<long?>("SELECT MIN([DueAt]) FROM {OutgoingMailOutbox} WHERE [State] = 0");
                var queued = await connection.ScalarAsync<long?>("SELECT MIN([DueAt]) FROM {OutgoingMailOutbox} WHERE [State] = 1 AND [DueAt] > @now", new { now });
                var blocked = (await OutboxServerState.GetAllAsync(connection)).Where(server => server.BlockedUntil > now).Select(server => (long?)server.BlockedUntil).Min();
                var leaseEnd = await connection.ScalarAsync<long?>("SELECT MIN([LeaseUntil]) FROM {OutgoingMailOutbox} WHERE [State] = 2");

                return new[] { scheduled, queued, blocked, leaseEnd + 1 }.Min();
            },
            cancellationToken);

    /// <summary>Whether any message is waiting or being sent.</summary>
    public Task<bool> HasWaitingAsync(CancellationToken cancellationToken)
        => database.ReadAsync(async connection => (await connection.QueryBuiltAsync<string>(database.Select(OutboxTables.Mail, "[MailId]", "[State] IN (0, 1, 2)", null, "1"), null)).Count > 0, cancellationToken);

    /// <summary>Renews the leases of this node.</summary>
    public Task<int> RenewAsync(CancellationToken cancellationToken)
        => database.RunAsync(
            connection => connection.ExecuteAsync("UPDATE {OutgoingMailOutbox} SET [LeaseUntil] = @until WHERE [State] = 2 AND [Owner] = @owner", new { until = GetLeaseEnd(), owner }),
            cancellationToken);

    /// <summary>
    /// Takes over the messages of nodes whose lease has expired: those whose content hadn't begun are queued again, the others are
    /// in doubt unless their sender wants them to be sent again.
    /// </summary>
    /// <returns>The number of messages that are queued again, and that are in doubt.</returns>
    public Task<(int Queued, int InDoubt)> RecoverAsync(CancellationToken cancellationToken)
        => database.RunAsync(
            async connection =>
            {
                var now = clock.Now;
                var queued = await connection.ExecuteAsync(
                    "UPDATE {OutgoingMailOutbox} SET [State] = 1, [Owner] = NULL, [ContentStarted] = 0 WHERE [State] = 2 AND [LeaseUntil] < @now AND ([ContentStarted] = 0 OR [ResendIfInDoubt] = 1)",
                    new { now });
                var inDoubt = await connection.ExecuteAsync(
                    "UPDATE {OutgoingMailOutbox} SET [State] = 6, [EndedAt] = @now, [Owner] = NULL WHERE [State] = 2 AND [LeaseUntil] < @now",
                    new { now });

                return (queued, inDoubt);
            },
            cancellationToken);

    private long GetLeaseEnd() => clock.Now + lease.Ticks;

    private Task<IReadOnlyList<OutboxClaim>> ClaimDueAsync(OutboxConnection connection, OutboxServer server, OutboxPriority maxPriority, int count) => ClaimAsync(
        connection,
        "[State] = 1 AND [ConfigurationId] = @configurationId AND [Priority] <= @maxPriority AND [DueAt] <= @now AND ([ExpiresAt] IS NULL OR [ExpiresAt] > @now)",
        "[Priority], [DueAt]",
        new { configurationId = server.ConfigurationId, maxPriority, now = clock.Now },
        count,
        server.Health,
        server.Settings.ResendsIfInDoubt);

    private async Task<IReadOnlyList<OutboxClaim>> ClaimWithinLimitsAsync(OutboxConnection connection, OutboxServer server, OutboxPriority maxPriority, int count)
    {
        var now = clock.Now;
        var window = await OutboxLimits.LockAsync(connection, server.ConfigurationId, now);
        var recipientsLeft = window.GetRecipients(server.Settings);
        var allowed = Math.Min(window.GetMessages(server.Settings, count), recipientsLeft ?? count);
        var claims = allowed == 0 ? [] : await ClaimDueAsync(connection, server, maxPriority, allowed);

        if (claims.Count > 0)
        {
            var recipients = await OutboxLimits.CountRecipientsAsync(connection, [.. claims.Select(claim => claim.Mail.MailId)]);
            var kept = new List<OutboxClaim>();
            var sum = 0;

            foreach (var claim in claims)
            {
                var next = recipients.GetValueOrDefault(claim.Mail.MailId, 1);

                // A message with more recipients than the limit goes alone, or it would never go.
                if (sum + next <= (recipientsLeft ?? int.MaxValue) || (kept.Count == 0 && window.IsUnused))
                {
                    kept.Add(claim);
                    sum += next;
                }
                else
                {
                    await OutboxResults.ReleaseAsync(connection, claim);
                }
            }

            claims = kept;
            window.Add(now, kept.Count, sum);
        }

        server.LimitedUntil = window.GetFreeAt(server.Settings);
        await OutboxLimits.SaveAsync(connection, server.ConfigurationId, window, server.LimitedUntil);

        return claims;
    }

    private async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(OutboxConnection connection, string where, string orderBy, object parameters, int count, ServerHealth server, bool resendsIfInDoubt = false)
    {
        var sql = database.Select(OutboxTables.Mail, "[MailId]", where, orderBy, "@count") + database.SkipLockedClause;
        var candidates = await connection.QueryBuiltAsync<string>(sql, With(parameters, count));

        if (candidates.Count == 0)
        {
            return [];
        }

        var now = clock.Now;
        var values = new DynamicParameters(new { owner, until = now + lease.Ticks });
        var ids = SqlList.Add(values, "id", candidates);

        // Another node may have claimed some of them in the meantime.
        const string claimed = "[State] = 2 AND [Owner] = @owner";
        await using var reader = await connection.QueryTogetherAsync(
            [
                $"UPDATE {{OutgoingMailOutbox}} SET [State] = 2, [Owner] = @owner, [LeaseUntil] = @until, [ClaimNumber] = [ClaimNumber] + 1, [ContentStarted] = 0{(resendsIfInDoubt ? ", [ResendIfInDoubt] = 1" : "")} WHERE [MailId] IN {ids} AND [State] IN (0, 1)",
                $"SELECT {OutboxStore.Columns} FROM {{OutgoingMailOutbox}} WHERE [MailId] IN {ids} AND {claimed}",
                $"SELECT [MailId], [Address], [State], [ErrorJson] FROM {{OutgoingMailOutboxRecipient}} WHERE [MailId] IN {ids} ORDER BY [MailId], [Number]",
                $"SELECT [MailId], [Data] FROM {{OutgoingMailOutboxContent}} WHERE [Number] = 0 AND [MailId] IN (SELECT [MailId] FROM {{OutgoingMailOutbox}} WHERE [MailId] IN {ids} AND {claimed} AND [Size] <= {OutboxContent.SmallSize})",
            ],
            values);
        var mails = (await reader.ReadAsync<OutboxMailRow>()).AsList();
        var recipients = (await reader.ReadAsync<OutboxRecipientRow>()).ToLookup(recipient => recipient.MailId);

        // The content of a small message is one chunk.
        var contents = (await reader.ReadAsync<(string MailId, byte[] Data)>()).ToDictionary(row => row.MailId, row => row.Data);
        var order = candidates.Index().ToDictionary(candidate => candidate.Item, candidate => candidate.Index);

        return
        [
            .. mails.OrderBy(mail => order[mail.MailId]).Select(mail => new OutboxClaim(mail, server, now)
            {
                Recipients = [.. recipients[mail.MailId]],
                Content = contents.GetValueOrDefault(mail.MailId),
            }),
        ];
    }

    private static DynamicParameters With(object parameters, int count)
    {
        var all = new DynamicParameters(parameters);
        all.Add("count", count);

        return all;
    }
}
