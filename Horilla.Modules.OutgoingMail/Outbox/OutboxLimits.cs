using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Keeps the limits of servers, across nodes and restarts. What is claimed counts as sent, so that a limit is never exceeded.</summary>
internal static class OutboxLimits
{
    /// <summary>Locks the window of a server until the transaction ends, and returns it.</summary>
    public static async Task<SendingWindow> LockAsync(OutboxConnection connection, string configurationId, long now)
    {
        if (await connection.ExecuteAsync("UPDATE {OutgoingMailOutboxLimit} SET [LimitedUntil] = 0 WHERE [ConfigurationId] = @configurationId", new { configurationId }) == 0)
        {
            await connection.ExecuteAsync("INSERT INTO {OutgoingMailOutboxLimit} ([ConfigurationId], [LimitedUntil], [WindowJson]) VALUES (@configurationId, 0, '')", new { configurationId });
        }

        var window = SendingWindow.Parse(await connection.ScalarAsync<string>("SELECT [WindowJson] FROM {OutgoingMailOutboxLimit} WHERE [ConfigurationId] = @configurationId", new { configurationId }));
        window.Trim(now);

        return window;
    }

    /// <summary>Adds what was sent through a server at once, without the outbox.</summary>
    public static async Task AddAsync(OutboxConnection connection, string configurationId, OutboxServerSettings limits, long now, int messages, int recipients)
    {
        var window = await LockAsync(connection, configurationId, now);
        window.Add(now, messages, recipients);
        await SaveAsync(connection, configurationId, window, window.GetFreeAt(limits));
    }

    /// <summary>Stores the window of a server.</summary>
    public static Task SaveAsync(OutboxConnection connection, string configurationId, SendingWindow window, long limitedUntil)
        => connection.ExecuteAsync(
            "UPDATE {OutgoingMailOutboxLimit} SET [LimitedUntil] = @limitedUntil, [WindowJson] = @json WHERE [ConfigurationId] = @configurationId",
            new { configurationId, limitedUntil, json = window.ToJson() });

    /// <summary>Returns when a server may send again, in ticks; 0 if it may now.</summary>
    public static Task<long> GetLimitedUntilAsync(OutboxConnection connection, string configurationId)
        => connection.ScalarAsync<long>("SELECT [LimitedUntil] FROM {OutgoingMailOutboxLimit} WHERE [ConfigurationId] = @configurationId", new { configurationId });

    /// <summary>Returns the number of recipients that each message still has.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountRecipientsAsync(OutboxConnection connection, IReadOnlyList<string> mailIds)
    {
        var parameters = new DynamicParameters();
        var ids = SqlList.Add(parameters, "id", mailIds);

        return (await connection.QueryAsync<(string MailId, int Count)>($"SELECT [MailId], COUNT(*) FROM {{OutgoingMailOutboxRecipient}} WHERE [MailId] IN {ids} AND [State] = 0 GROUP BY [MailId]", parameters))
            .ToDictionary(row => row.MailId, row => row.Count);
    }
}
