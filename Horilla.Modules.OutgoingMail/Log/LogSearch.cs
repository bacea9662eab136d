using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>
/// Finds messages of the log: by the filters, and by a text that is a Message-ID, the beginning of a recipient's address, or
/// a part of the subject. These are separate queries, because each has an index of its own, except for the subjects: they are
/// searched within a period.
/// </summary>
internal sealed class LogSearch(LogOptions options, long now)
{
    /// <summary>Finds messages in the direction of reading.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cursor">The position to start after; null for the beginning.</param>
    /// <param name="ascends">Whether the time ascends in the direction of reading.</param>
    /// <param name="count">The maximum number.</param>
    /// <returns>The IDs of the messages.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(OutboxConnection connection, LogCursor? cursor, bool ascends, int count)
    {
        var found = new List<Match>();

        foreach (var source in GetSources())
        {
            found.AddRange(await source.FindAsync(connection, cursor, ascends, count));
        }

        var ordered = ascends
            ? found.OrderBy(match => match.CreatedAt).ThenBy(match => match.MailId, StringComparer.Ordinal)
            : found.OrderByDescending(match => match.CreatedAt).ThenByDescending(match => match.MailId, StringComparer.Ordinal);

        return [.. ordered.Select(match => match.MailId).Distinct().Take(count)];
    }

    /// <summary>Counts messages.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="max">Where counting stops.</param>
    public async Task<int> CountAsync(OutboxConnection connection, int max)
    {
        var sources = GetSources().ToArray();

        if (sources.Length == 1)
        {
            return await sources[0].CountAsync(connection, max);
        }

        // A message that is found in several ways counts once.
        return (await FindAsync(connection, null, ascends: false, max)).Count;
    }

    private IEnumerable<LogSource> GetSources()
    {
        var text = options.SearchText;

        if (text.Length == 0)
        {
            yield return new LogSource(OutboxTables.Mail, options, now, LogPeriod.All, []);
            yield break;
        }

        yield return new LogSource(OutboxTables.Mail, options, now, LogPeriod.All, [("[MessageId] = @messageId", "messageId", text)]);
        var key = AddressKey.Create(text);
        yield return new LogSource(OutboxTables.Recipient, options, now, LogPeriod.All, [("[AddressKey] >= @key", "key", key), ("[AddressKey] < @keyEnd", "keyEnd", AddressKey.GetEnd(key))]);
        yield return new LogSource(OutboxTables.Mail, options, now, LogPeriod.Week, [("LOWER([Subject]) LIKE @subject ESCAPE '!'", "subject", $"%{Escape(text.ToLowerInvariant())}%")]);
    }

    private static string Escape(string text)
        => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal);

    /// <summary>A message that was found.</summary>
    internal sealed record Match(string MailId, long CreatedAt);
}
