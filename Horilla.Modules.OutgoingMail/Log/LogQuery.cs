using Dapper;
using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Reads pages of the log. Each query reads a part of an index, so that its cost doesn't grow with the log. Scoped.</summary>
public sealed class LogQuery(OutboxDatabase database, OutboxClock clock)
{
    /// <summary>The number of rows on a page.</summary>
    public const int PageSize = 50;

    /// <summary>How many recipients a row shows.</summary>
    private const int ShownRecipients = 3;

    private const string Columns = "[MailId], [Kind], [State], [ConfigurationId], [Category], [Subject], [CreatedAt], [DueAt], [Attempts], [HasContent]";

    /// <summary>Reads a page.</summary>
    public Task<LogPage> ReadAsync(LogOptions options, CancellationToken cancellationToken)
        => database.ReadAsync(
            async connection =>
            {
                var page = await ReadAsync(connection, options);

                return page.Entries.Count == 0 && options is { SearchText.Length: > 0, IsSubjectSearch: false, After: null, Before: null } ? await ReadAsync(connection, options.InSubjects()) : page;
            },
            cancellationToken);

    /// <summary>Reads the first messages that match the filters.</summary>
    /// <param name="options">The filters. The position is ignored.</param>
    /// <param name="count">The maximum number.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<IReadOnlyList<LogEntry>> ReadAsync(LogOptions options, int count, CancellationToken cancellationToken)
        => database.ReadAsync(
            async connection => await LoadAsync(connection, [.. await new LogSearch(connection, options, clock.Now).FindAsync(null, options.IsOldestFirst, count)]),
            cancellationToken);

    /// <summary>Reads messages by their IDs. Those that don't exist are left out.</summary>
    public Task<IReadOnlyList<LogEntry>> ReadAsync(IReadOnlyList<string> mailIds, CancellationToken cancellationToken)
        => database.ReadAsync(connection => LoadAsync(connection, mailIds), cancellationToken);

    /// <summary>Reads the last messages of a server.</summary>
    public Task<IReadOnlyList<LogEntry>> ReadLastAsync(string configurationId, int count, CancellationToken cancellationToken)
        => database.ReadAsync(
            async connection => await LoadAsync(connection, [.. (await new LogSearch(connection, new LogOptions { Server = configurationId }, clock.Now).FindAsync(null, ascends: false, count))]),
            cancellationToken);

    /// <summary>Returns how many messages have a state.</summary>
    public Task<LogCount> CountAsync(OutboxMailState state, string? configurationId, CancellationToken cancellationToken)
        => database.ReadAsync(connection => new LogSearch(connection, new LogOptions { State = state.ToString(), Server = configurationId }, clock.Now).CountAsync(), cancellationToken);

    private async Task<LogPage> ReadAsync(OutboxConnection connection, LogOptions options)
    {
        var search = new LogSearch(connection, options, clock.Now);
        var (after, before) = (LogCursor.Parse(options.After), LogCursor.Parse(options.Before));
        var isBackwards = after is null && before is not null;

        // A page that ends before a position is read backwards from there.
        var found = await search.FindAsync(after ?? before, ascends: options.IsOldestFirst != isBackwards, PageSize + 1);
        var ids = found.Take(PageSize).ToArray();
        var hasMore = found.Count > PageSize;
        var entries = await LoadAsync(connection, isBackwards ? [.. ids.Reverse()] : ids);

        return new LogPage(
            options,
            entries,
            entries.Count > 0 && (after is not null || (isBackwards && hasMore)) ? entries[0].Cursor : null,
            entries.Count > 0 && (isBackwards || hasMore) ? entries[^1].Cursor : null,
            await search.CountAsync(),
            search.IsBounded);
    }

    private static async Task<IReadOnlyList<LogEntry>> LoadAsync(OutboxConnection connection, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var parameters = new DynamicParameters();
        var list = SqlList.Add(parameters, "id", ids);
        var entries = (await connection.QueryAsync<LogEntry>($"SELECT {Columns} FROM {{OutgoingMailOutbox}} WHERE [MailId] IN {list}", parameters)).ToDictionary(entry => entry.MailId);
        var recipients = (await connection.QueryAsync<(string MailId, string Address)>($"SELECT [MailId], [Address] FROM {{OutgoingMailOutboxRecipient}} WHERE [MailId] IN {list} AND [Number] < {ShownRecipients} ORDER BY [MailId], [Number]", parameters)).ToLookup(row => row.MailId, row => row.Address);
        var counts = (await connection.QueryAsync<(string MailId, int Count)>($"SELECT [MailId], MAX([Number]) + 1 FROM {{OutgoingMailOutboxRecipient}} WHERE [MailId] IN {list} GROUP BY [MailId]", parameters)).ToDictionary(row => row.MailId, row => row.Count);

        foreach (var entry in entries.Values)
        {
            entry.Recipients = [.. recipients[entry.MailId]];
            entry.RecipientCount = counts.GetValueOrDefault(entry.MailId);
        }

        // One may have been trimmed in the meantime.
        return [.. ids.Where(entries.ContainsKey).Select(id => entries[id])];
    }
}
