namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// A row of <see cref="OutboxTables.Server"/>: how a server treated the last messages of the outbox. A server in trouble is
/// blocked for a while, then probed with one message at a time. All nodes see it.
/// </summary>
internal sealed class OutboxServerState
{
    public string ConfigurationId { get; init; } = "";

    /// <summary>The number of failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Since when it has been failing.</summary>
    public long FailingSince { get; init; }

    /// <summary>Until when nothing is sent through it; 0 if it isn't blocked.</summary>
    public long BlockedUntil { get; init; }

    /// <summary>How long the last block was, in minutes; 0 if it isn't in trouble.</summary>
    public int BlockMinutes { get; init; }

    public string? ErrorJson { get; init; }

    /// <summary>Whether it's in trouble: blocked, or to be probed.</summary>
    public bool IsInTrouble => BlockMinutes > 0;

    private const string Columns = "[ConfigurationId], [Failures], [FailingSince], [BlockedUntil], [BlockMinutes], [ErrorJson]";

    /// <summary>Returns the state of a server, or null if it isn't failing.</summary>
    public static async Task<OutboxServerState?> FindAsync(OutboxConnection connection, string configurationId)
        => (await connection.QueryAsync<OutboxServerState>($"SELECT {Columns} FROM {{OutgoingMailOutboxServer}} WHERE [ConfigurationId] = @configurationId", new { configurationId })).FirstOrDefault();

    /// <summary>Returns all servers that are failing.</summary>
    public static Task<IReadOnlyList<OutboxServerState>> GetAllAsync(OutboxConnection connection)
        => connection.QueryAsync<OutboxServerState>($"SELECT {Columns} FROM {{OutgoingMailOutboxServer}}");

    /// <summary>Records that a server accepted a message, or that an administrator wants it to be tried.</summary>
    public static Task ClearAsync(OutboxConnection connection, string configurationId)
        => connection.ExecuteAsync("DELETE FROM {OutgoingMailOutboxServer} WHERE [ConfigurationId] = @configurationId", new { configurationId });

    /// <summary>Records a failure. Two nodes that insert at the same time would fail together, so the insert is conditional and the update follows.</summary>
    public async Task SaveAsync(OutboxConnection connection)
    {
        const string update = "UPDATE {OutgoingMailOutboxServer} SET [Failures] = @Failures, [FailingSince] = @FailingSince, [BlockedUntil] = @BlockedUntil, [BlockMinutes] = @BlockMinutes, [ErrorJson] = @ErrorJson WHERE [ConfigurationId] = @ConfigurationId";

        if (await connection.ExecuteAsync(update, this) == 0)
        {
            await connection.ExecuteAsync("INSERT INTO {OutgoingMailOutboxServer} ([ConfigurationId], [Failures], [FailingSince], [BlockedUntil], [BlockMinutes], [ErrorJson]) VALUES (@ConfigurationId, @Failures, @FailingSince, @BlockedUntil, @BlockMinutes, @ErrorJson)", this);
        }
    }
}
