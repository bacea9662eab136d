using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>One way to find messages of the log, by conditions that an index or a period bounds.</summary>
/// <param name="options">The filters.</param>
/// <param name="now">The current time, in ticks.</param>
/// <param name="defaultPeriod">The period if none is chosen.</param>
/// <param name="values">The values of the search.</param>
/// <param name="search">The conditions of the search.</param>
internal sealed class LogSource(LogOptions options, long now, LogPeriod defaultPeriod, IReadOnlyDictionary<string, object> values, IReadOnlyList<string> search)
{
    /// <summary>The maximum number of recipients that a search for recipients reads.</summary>
    public const int MaxRecipients = 1000;

    /// <summary>Whether the conditions are about recipients, of whom a message may have several, and not about messages.</summary>
    public bool IsAboutRecipients { get; init; }

    /// <summary>Where counting stops.</summary>
    public int MaxCount { get; init; } = LogCount.Max;

    /// <summary>Whether it searches a period even if none is chosen.</summary>
    public bool IsBounded => defaultPeriod != LogPeriod.All;

    /// <summary>Finds messages: see <see cref="LogSearch.FindAsync"/>.</summary>
    public async Task<IReadOnlyList<LogCursor>> FindAsync(OutboxConnection connection, LogCursor? cursor, bool ascends, int count)
    {
        var conditions = new LogConditions(options, now);
        var where = GetWhere(conditions, conditions.GetPosition(cursor, ascends));
        var direction = ascends ? "" : " DESC";
        conditions.Parameters.Add("count", IsAboutRecipients ? MaxRecipients : count);
        var rows = await connection.QueryBuiltAsync<(long CreatedAt, string MailId)>(
            connection.Database.Select(Table, "[CreatedAt], [MailId]", where, $"[CreatedAt]{direction}, [MailId]{direction}", "@count"),
            conditions.Parameters);

        return [.. rows.Select(row => new LogCursor(row.CreatedAt, row.MailId))];
    }

    /// <summary>Counts messages.</summary>
    public async Task<LogCount> CountAsync(OutboxConnection connection)
    {
        if (IsAboutRecipients)
        {
            return LogCount.Create((await FindAsync(connection, null, ascends: false, MaxRecipients)).Select(match => match.MailId).Distinct().Count());
        }

        var conditions = new LogConditions(options, now);
        var limited = connection.Database.Select(Table, "[CreatedAt]", GetWhere(conditions, null), null, "@count");
        conditions.Parameters.Add("count", MaxCount + 1);

        return LogCount.Create((await connection.QueryBuiltAsync<int>($"SELECT COUNT(*) FROM ({limited}) AS limited", conditions.Parameters))[0], MaxCount);
    }

    private string Table => IsAboutRecipients ? OutboxTables.Recipient : OutboxTables.Mail;

    private string GetWhere(LogConditions conditions, string? position)
    {
        var filters = conditions.GetFilters(defaultPeriod).ToArray();

        foreach (var (name, value) in values)
        {
            conditions.Parameters.Add(name, value);
        }

        // The filters of a message don't apply to the table of recipients, except the period.
        string[] direct = IsAboutRecipients ? [.. filters.Where(IsAboutTime)] : filters;
        string[] indirect = IsAboutRecipients ? [.. filters.Where(filter => !IsAboutTime(filter))] : [];
        var all = search.Concat(direct).Concat(position is null ? [] : [position]);

        if (indirect.Length > 0)
        {
            all = all.Append($"EXISTS (SELECT 1 FROM {{OutgoingMailOutbox}} WHERE {{OutgoingMailOutbox}}.[MailId] = {{OutgoingMailOutboxRecipient}}.[MailId] AND {string.Join(" AND ", indirect.Select(filter => "{OutgoingMailOutbox}." + filter))})");
        }

        return string.Join(" AND ", all.DefaultIfEmpty("1 = 1"));
    }

    private static bool IsAboutTime(string filter) => filter.StartsWith("[CreatedAt]", StringComparison.Ordinal);
}
