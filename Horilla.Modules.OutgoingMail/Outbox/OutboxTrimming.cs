using Dapper;
using Microsoft.Extensions.Logging;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Removes content and log entries that are older than the tenant keeps them, in small steps. Scoped.</summary>
public sealed partial class OutboxTrimming(OutboxDatabase database, ISiteService siteService, IClock clock, ILogger<OutboxTrimming> logger)
{
    /// <summary>How many messages a transaction removes, so that it's short.</summary>
    private const int StepSize = 200;

    /// <summary>Removes what is too old.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = await siteService.GetSettingsAsync<OutboxSettings>();
        var contents = await RepeatAsync("[HasContent] = 1 AND [EndedAt] < @before", settings.ContentDays, RemoveContentAsync, cancellationToken);

        // Both parts of the index: the log may be kept for a shorter time than the content.
        var entries = await RepeatAsync("[HasContent] = 0 AND [EndedAt] < @before", settings.LogDays, RemoveAsync, cancellationToken)
            + await RepeatAsync("[HasContent] = 1 AND [EndedAt] < @before", settings.LogDays, RemoveAsync, cancellationToken);

        await database.RunAsync(connection => OutboxHours.RemoveAsync(connection, clock.UtcNow.AddDays(-Math.Max(settings.LogDays, 8)).Ticks), cancellationToken);

        if (contents > 0 || entries > 0)
        {
            LogTrimmed(contents, entries);
        }
    }

    private static async Task RemoveContentAsync(OutboxConnection connection, DynamicParameters parameters, string ids)
    {
        await connection.ExecuteAsync($"DELETE FROM {{OutgoingMailOutboxContent}} WHERE [MailId] IN {ids}", parameters);
        await connection.ExecuteAsync($"UPDATE {{OutgoingMailOutbox}} SET [HasContent] = 0 WHERE [MailId] IN {ids}", parameters);
    }

    private static async Task RemoveAsync(OutboxConnection connection, DynamicParameters parameters, string ids)
    {
        foreach (var table in (string[])[OutboxTables.Content, OutboxTables.Recipient, OutboxTables.Attempt, OutboxTables.Key, OutboxTables.Mail])
        {
            await connection.ExecuteAsync($"DELETE FROM {{{table}}} WHERE [MailId] IN {ids}", parameters);
        }
    }

    private async Task<int> RepeatAsync(string where, int days, Func<OutboxConnection, DynamicParameters, string, Task> remove, CancellationToken cancellationToken)
    {
        var before = clock.UtcNow.AddDays(-days).Ticks;
        var total = 0;
        int removed;

        do
        {
            removed = await database.RunAsync(
                async connection =>
                {
                    var ids = await connection.QueryBuiltAsync<string>(database.Select(OutboxTables.Mail, "[MailId]", where, "[EndedAt]", "@count"), new { before, count = StepSize });

                    if (ids.Count > 0)
                    {
                        var parameters = new DynamicParameters();
                        await remove(connection, parameters, SqlList.Add(parameters, "id", ids));
                    }

                    return ids.Count;
                },
                cancellationToken);
            total += removed;
        }
        while (removed == StepSize);

        return total;
    }

    [LoggerMessage(41, LogLevel.Information, "The outbox was trimmed: the content of {Contents} messages and {Entries} log entries were removed.")]
    private partial void LogTrimmed(int contents, int entries);
}
