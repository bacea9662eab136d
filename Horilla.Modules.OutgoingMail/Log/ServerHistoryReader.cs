using System.Security.Claims;
using Dapper;
using Horilla.Modules.OutgoingMail.Outbox;
using Microsoft.AspNetCore.Authorization;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Reads the history of servers. Scoped.</summary>
public sealed class ServerHistoryReader(LogQuery query, OutboxDatabase database, OutboxClock clock, IAuthorizationService authorizationService)
{
    private const int EntryCount = 20;

    /// <summary>Returns the history of a server, or null if the user may not view the log.</summary>
    public async Task<ServerHistory?> ReadAsync(string configurationId, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!await authorizationService.AuthorizeAsync(user, OutgoingMailPermissions.ViewMailLog))
        {
            return null;
        }

        var now = clock.Now;
        var hours = await database.ReadAsync(connection => OutboxHours.GetAsync(connection, now - (8 * TimeSpan.TicksPerDay), configurationId), cancellationToken);

        return new ServerHistory(
            await query.ReadLastAsync(configurationId, EntryCount, cancellationToken),
            LogChart.CreateByHour(hours, now),
            LogChart.CreateByDay(hours, now),
            (await ReadBacklogsAsync([configurationId], cancellationToken)).GetValueOrDefault(configurationId));
    }

    /// <summary>Returns what waits for servers, by ID. Servers that nothing waits for are left out.</summary>
    public Task<IReadOnlyDictionary<string, ServerBacklog>> ReadBacklogsAsync(IReadOnlyCollection<string> configurationIds, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyDictionary<string, ServerBacklog>>(
            async connection =>
            {
                if (configurationIds.Count == 0)
                {
                    return new Dictionary<string, ServerBacklog>();
                }

                var states = (await OutboxServerState.GetAllAsync(connection)).ToDictionary(state => state.ConfigurationId);
                var limited = database.Select(OutboxTables.Mail, "[MailId]", "[State] = 1 AND [ConfigurationId] = @id", null, "@count");
                var backlogs = new Dictionary<string, ServerBacklog>();

                foreach (var id in (await OutboxStore.GetWaitingServersAsync(connection)).Intersect(configurationIds))
                {
                    var rows = await connection.QueryBuiltAsync<int>($"SELECT COUNT(*) FROM ({limited}) AS limited", new { id, count = LogCount.Max + 1 });
                    backlogs[id] = Create(rows[0], states.GetValueOrDefault(id));
                }

                return backlogs;
            },
            cancellationToken);

    /// <summary>Returns how many messages wait for servers, including those for later.</summary>
    public Task<int> CountWaitingAsync(IReadOnlyCollection<string> configurationIds, CancellationToken cancellationToken)
        => database.ReadAsync(
            connection =>
            {
                var parameters = new DynamicParameters();
                var ids = SqlList.Add(parameters, "id", [.. configurationIds]);

                return connection.ScalarAsync<int>($"SELECT COUNT(*) FROM {{OutgoingMailOutbox}} WHERE [State] IN (0, 1) AND [ConfigurationId] IN {ids}", parameters);
            },
            cancellationToken);

    private ServerBacklog Create(int count, OutboxServerState? state) => new(
        LogCount.Create(count),
        state is { } failing ? OutboxStore.ToUtc(failing.FailingSince) : null,
        state is { BlockedUntil: var until } && until > clock.Now ? OutboxStore.ToUtc(until) : null,
        OutboxStore.ParseError(state?.ErrorJson));
}
