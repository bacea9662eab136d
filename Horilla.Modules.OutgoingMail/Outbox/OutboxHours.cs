using System.Globalization;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Counts messages by hour and server as they end, so that charts don't have to count them.</summary>
internal static class OutboxHours
{
    /// <summary>Adds messages that ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="ended">The server, the time in ticks, and whether it was sent.</param>
    public static async Task AddAsync(OutboxConnection connection, IEnumerable<(string ConfigurationId, long At, bool IsSent)> ended)
    {
        foreach (var group in ended.GroupBy(mail => (mail.ConfigurationId, Hour: mail.At - (mail.At % TimeSpan.TicksPerHour))))
        {
            var values = new
            {
                key = $"{group.Key.Hour.ToString(CultureInfo.InvariantCulture)}-{group.Key.ConfigurationId}",
                hour = group.Key.Hour,
                configurationId = group.Key.ConfigurationId,
                sent = group.Count(mail => mail.IsSent),
                failed = group.Count(mail => !mail.IsSent),
            };

            // Two nodes that insert the same hour conflict, and one of them tries again.
            if (await connection.ExecuteAsync("UPDATE {OutgoingMailOutboxHour} SET [Sent] = [Sent] + @sent, [Failed] = [Failed] + @failed WHERE [HourKey] = @key", values) == 0)
            {
                await connection.ExecuteAsync("INSERT INTO {OutgoingMailOutboxHour} ([HourKey], [Hour], [ConfigurationId], [Sent], [Failed]) VALUES (@key, @hour, @configurationId, @sent, @failed)", values);
            }
        }
    }

    /// <summary>Returns the hours from a time on, of one server or all.</summary>
    public static Task<IReadOnlyList<OutboxHour>> GetAsync(OutboxConnection connection, long from, string? configurationId)
        => connection.QueryAsync<OutboxHour>(
            "SELECT [Hour], SUM([Sent]) AS [Sent], SUM([Failed]) AS [Failed] FROM {OutgoingMailOutboxHour} WHERE [Hour] >= @from" + (configurationId is null ? "" : " AND [ConfigurationId] = @configurationId") + " GROUP BY [Hour] ORDER BY [Hour]",
            new { from, configurationId });

    /// <summary>Removes the hours before a time.</summary>
    public static Task<int> RemoveAsync(OutboxConnection connection, long before) => connection.ExecuteAsync("DELETE FROM {OutgoingMailOutboxHour} WHERE [Hour] < @before", new { before });
}
