using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>
/// Finds messages of the log by the filters and a text: its Message-ID or the beginning of a recipient's address, which have
/// indexes, or a part of the subject. What no index bounds is searched within a period. Used once.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="options">The filters and the text.</param>
/// <param name="now">The current time, in ticks.</param>
internal sealed class LogSearch(OutboxConnection connection, LogOptions options, long now)
{
    /// <summary>How many messages with the same Message-ID are found.</summary>
    private const int MaxSameMessageId = 100;

    private IReadOnlyList<LogSource>? _sources;

    /// <summary>Whether only the last 7 days are searched, because no period was chosen. Known after the first search.</summary>
    public bool IsBounded => options.PeriodFilter is null && _sources is { } sources && sources.Any(source => source.IsBounded);

    /// <summary>Finds messages in the direction of reading.</summary>
    /// <param name="cursor">The position to start after; null for the beginning.</param>
    /// <param name="ascends">Whether the time ascends in the direction of reading.</param>
    /// <param name="count">The maximum number.</param>
    /// <returns>The IDs of the messages.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(LogCursor? cursor, bool ascends, int count)
    {
        var found = new List<LogCursor>();

        foreach (var source in await GetSourcesAsync())
        {
            found.AddRange(await source.FindAsync(connection, cursor, ascends, count));
        }

        var ordered = ascends
            ? found.OrderBy(match => match.CreatedAt).ThenBy(match => match.MailId, StringComparer.Ordinal)
            : found.OrderByDescending(match => match.CreatedAt).ThenByDescending(match => match.MailId, StringComparer.Ordinal);

        return [.. ordered.Select(match => match.MailId).Distinct().Take(count)];
    }

    /// <summary>Counts messages.</summary>
    public async Task<LogCount> CountAsync()
    {
        var total = default(LogCount);

        foreach (var source in await GetSourcesAsync())
        {
            total += await source.CountAsync(connection);
        }

        return total;
    }

    private async Task<IReadOnlyList<LogSource>> GetSourcesAsync() => _sources ??= await CreateSourcesAsync();

    private async Task<IReadOnlyList<LogSource>> CreateSourcesAsync()
    {
        var text = options.SearchText;

        if (text.Length == 0)
        {
            return [new LogSource(options, now, LogPeriod.All, new Dictionary<string, object>(), [])];
        }

        if (options.IsSubjectSearch)
        {
            // As typed too, because SQLite knows only ASCII letters in lower case.
            return [new LogSource(options, now, LogPeriod.Week, new Dictionary<string, object> { ["subject"] = $"%{Escape(text.ToLowerInvariant())}%", ["exact"] = $"%{Escape(text)}%" }, ["(LOWER([Subject]) LIKE @subject ESCAPE '!' OR [Subject] LIKE @exact ESCAPE '!')"])];
        }

        return
        [
            .. await CreateMessageIdSourcesAsync(text),
            await CreateRecipientSourceAsync(AddressKey.Create(text)),
        ];
    }

    /// <summary>The messages are found first and filtered then, because a database might choose the index of a filter.</summary>
    private async Task<IReadOnlyList<LogSource>> CreateMessageIdSourcesAsync(string messageId)
    {
        var ids = await connection.QueryBuiltAsync<string>(connection.Database.Select(OutboxTables.Mail, "[MailId]", "[MessageId] = @messageId", null, "@count"), new { messageId, count = MaxSameMessageId });

        return ids.Count == 0
            ? []
            : [new LogSource(options, now, LogPeriod.All, ids.Index().ToDictionary(id => $"id{id.Index}", id => (object)id.Item), [$"[MailId] IN ({string.Join(", ", ids.Index().Select(id => $"@id{id.Index}"))})"])];
    }

    /// <summary>
    /// The few messages with a rare beginning of an address are found by it. The many with a common beginning are found by
    /// their time, and within a period, because the last of them may be old.
    /// </summary>
    private async Task<LogSource> CreateRecipientSourceAsync(string key)
    {
        const string range = "{OutgoingMailOutboxRecipient}.[AddressKey] >= @key AND {OutgoingMailOutboxRecipient}.[AddressKey] < @keyEnd";
        var values = new Dictionary<string, object> { ["key"] = key, ["keyEnd"] = AddressKey.GetEnd(key) };
        var limited = connection.Database.Select(OutboxTables.Recipient, "[AddressKey]", range, null, "@count");
        var rows = await connection.QueryBuiltAsync<int>($"SELECT COUNT(*) FROM ({limited}) AS limited", new { key, keyEnd = AddressKey.GetEnd(key), count = LogSource.MaxRecipients + 1 });

        return rows[0] <= LogSource.MaxRecipients
            ? new LogSource(options, now, LogPeriod.All, values, [range]) { IsAboutRecipients = true }
            : new LogSource(options, now, LogPeriod.Week, values, [$"EXISTS (SELECT 1 FROM {{OutgoingMailOutboxRecipient}} WHERE {{OutgoingMailOutboxRecipient}}.[MailId] = {{OutgoingMailOutbox}}.[MailId] AND {range})"]) { MaxCount = LogSource.MaxRecipients };
    }

    private static string Escape(string text)
        => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal);
}
