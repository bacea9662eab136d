using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>One way to find messages of the log: in a table, by conditions.</summary>
/// <param name="table">The messages or their recipients.</param>
/// <param name="options">The filters.</param>
/// <param name="now">The current time, in ticks.</param>
/// <param name="defaultPeriod">The period if none is chosen.</param>
/// <param name="search">The conditions of the search, each with its parameter.</param>
internal sealed class LogSource(string table, LogOptions options, long now, LogPeriod defaultPeriod, IReadOnlyList<(string Condition, string Parameter, string Value)> search)
{
    private bool IsMail => table == OutboxTables.Mail;

    /// <summary>Finds messages: see <see cref="LogSearch.FindAsync"/>.</summary>
    public async Task<IReadOnlyList<LogSearch.Match>> FindAsync(OutboxConnection connection, LogCursor? cursor, bool ascends, int count)
    {
        var conditions = new LogConditions(options, now);
        var where = GetWhere(conditions, conditions.GetPosition(cursor, ascends));
        var direction = ascends ? "" : " DESC";
        conditions.Parameters.Add("count", count);
        var rows = await connection.QueryBuiltAsync<(string MailId, long CreatedAt)>(
            connection.Database.Select(table, "[MailId], [CreatedAt]", where, $"[CreatedAt]{direction}, [MailId]{direction}", "@count"),
            conditions.Parameters);

        return [.. rows.Select(row => new LogSearch.Match(row.MailId, row.CreatedAt))];
    }

    /// <summary>Counts messages up to a number.</summary>
    public async Task<int> CountAsync(OutboxConnection connection, int max)
    {
        var conditions = new LogConditions(options, now);
        var limited = connection.Database.Select(table, "[CreatedAt]", GetWhere(conditions, null), null, "@count");
        conditions.Parameters.Add("count", max);

        return (await connection.QueryBuiltAsync<int>($"SELECT COUNT(*) FROM ({limited}) AS limited", conditions.Parameters))[0];
    }

    private string GetWhere(LogConditions conditions, string? position)
    {
        var filters = conditions.GetFilters(defaultPeriod).ToArray();

        foreach (var (_, parameter, value) in search)
        {
            conditions.Parameters.Add(parameter, value);
        }

        // The filters of a message don't apply to the table of recipients, except the period.
        string[] direct = IsMail ? filters : [.. filters.Where(IsAboutTime)];
        string[] indirect = IsMail ? [] : [.. filters.Where(filter => !IsAboutTime(filter))];
        var all = search.Select(part => part.Condition).Concat(direct).Concat(position is null ? [] : [position]);

        if (indirect.Length > 0)
        {
            all = all.Append($"[MailId] IN (SELECT [MailId] FROM {{OutgoingMailOutbox}} WHERE {string.Join(" AND ", indirect)})");
        }

        return string.Join(" AND ", all.DefaultIfEmpty("1 = 1"));
    }

    private static bool IsAboutTime(string filter) => filter.StartsWith("[CreatedAt]", StringComparison.Ordinal);
}
