using Dapper;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The conditions of the log's filters and position, for one table or another.</summary>
/// <param name="options">The filters.</param>
/// <param name="now">The current time, in ticks.</param>
internal sealed class LogConditions(LogOptions options, long now)
{
    /// <summary>Values of the parameters.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>Returns the conditions of the filters.</summary>
    /// <param name="defaultPeriod">The period if none is chosen.</param>
    public IEnumerable<string> GetFilters(LogPeriod defaultPeriod)
    {
        if (options.StateFilter is { } state)
        {
            Parameters.Add("state", (int)state);
            yield return "[State] = @state";
        }

        if (options.ServerFilter is { } server)
        {
            Parameters.Add("server", server);
            yield return "[ConfigurationId] = @server";
        }

        if (options.CategoryFilter is { } category)
        {
            Parameters.Add("category", category);
            yield return "[Category] = @category";
        }

        if (GetStart(options.PeriodFilter ?? defaultPeriod) is { } start)
        {
            Parameters.Add("start", start);
            yield return "[CreatedAt] >= @start";
        }
    }

    /// <summary>Returns the condition for messages after a position, in the direction of reading; null if there is no position.</summary>
    /// <param name="cursor">The position, or null.</param>
    /// <param name="ascends">Whether the time ascends in the direction of reading.</param>
    public string? GetPosition(LogCursor? cursor, bool ascends)
    {
        if (cursor is null)
        {
            return null;
        }

        Parameters.Add("time", cursor.CreatedAt);
        Parameters.Add("id", cursor.MailId);

        // Written so that an index on the time is used; only nodes with the same clock create two at the same time.
        return ascends
            ? "[CreatedAt] >= @time AND ([CreatedAt] > @time OR [MailId] > @id)"
            : "[CreatedAt] <= @time AND ([CreatedAt] < @time OR [MailId] < @id)";
    }

    private long? GetStart(LogPeriod period) => period switch
    {
        LogPeriod.Day => now - TimeSpan.TicksPerDay,
        LogPeriod.Week => now - (7 * TimeSpan.TicksPerDay),
        LogPeriod.Month => now - (30 * TimeSpan.TicksPerDay),
        _ => null,
    };
}
