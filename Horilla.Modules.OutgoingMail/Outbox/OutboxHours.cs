using System.Globalization;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Counts messages by hour and server as they end, so that charts don't have to count them.</summary>
internal static class OutboxHours
{
    /// <summary>Adds messages that ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="ended">The server, the time in ticks, and whether it was sent.</param>
    public static async Task AddAsync(OutboxConnection connection, IEnumerable<(string ConfigurationId, long At, bool IsSent)> ended)
    {
        foreach (var group in Group(ended))
        {
            var parameters = new DynamicParameters(new { hour = group.Key.Hour, configurationId = group.Key.ConfigurationId });

            // Two nodes that insert the same hour conflict, and one of them tries again.
            if (await connection.ExecuteAsync(CreateUpdate(parameters, 0, group), parameters) == 0)
            {
                await connection.ExecuteAsync("INSERT INTO {OutgoingMailOutboxHour} ([HourKey], [Hour], [ConfigurationId], [Sent], [Failed]) VALUES (@key0, @hour, @configurationId, @sent0, @failed0)", parameters);
            }
        }
    }

    /// <summary>Creates statements that add messages to hours. Each changes one row, or none if its hour is new.</summary>
    public static IReadOnlyList<string> CreateUpdates(DynamicParameters parameters, IEnumerable<(string ConfigurationId, long At, bool IsSent)> ended)
        => [.. Group(ended).Select((group, number) => CreateUpdate(parameters, number, group))];

    private static IEnumerable<IGrouping<(string ConfigurationId, long Hour), bool>> Group(IEnumerable<(string ConfigurationId, long At, bool IsSent)> ended)
        => ended.GroupBy(mail => (mail.ConfigurationId, Hour: mail.At - (mail.At % TimeSpan.TicksPerHour)), mail => mail.IsSent);

    private static string CreateUpdate(DynamicParameters parameters, int number, IGrouping<(string ConfigurationId, long Hour), bool> group)
    {
        parameters.Add($"key{number}", $"{group.Key.Hour.ToString(CultureInfo.InvariantCulture)}-{group.Key.ConfigurationId}");
        parameters.Add($"sent{number}", group.Count(isSent => isSent));
        parameters.Add($"failed{number}", group.Count(isSent => !isSent));

        return $"UPDATE {{OutgoingMailOutboxHour}} SET [Sent] = [Sent] + @sent{number}, [Failed] = [Failed] + @failed{number} WHERE [HourKey] = @key{number}";
    }

    /// <summary>Returns the hours from a time on, of one server or all.</summary>
    public static Task<IReadOnlyList<OutboxHour>> GetAsync(OutboxConnection connection, long from, string? configurationId)
        => connection.QueryAsync<OutboxHour>(
            "SELECT [Hour], SUM([Sent]) AS [Sent], SUM([Failed]) AS [Failed] FROM {OutgoingMailOutboxHour} WHERE [Hour] >= @from" + (configurationId is null ? "" : " AND [ConfigurationId] = @configurationId") + " GROUP BY [Hour] ORDER BY [Hour]",
            new { from, configurationId });

    /// <summary>Removes the hours before a time.</summary>
    public static Task<int> RemoveAsync(OutboxConnection connection, long before) => connection.ExecuteAsync("DELETE FROM {OutgoingMailOutboxHour} WHERE [Hour] < @before", new { before });
}
