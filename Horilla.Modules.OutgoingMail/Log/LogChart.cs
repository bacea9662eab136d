using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>How many messages were sent and failed, by hour or by day.</summary>
/// <param name="Bars">The bars, the oldest first.</param>
/// <param name="IsByHour">Whether a bar is an hour, or a day.</param>
public sealed record LogChart(IReadOnlyList<LogChartBar> Bars, bool IsByHour)
{
    /// <summary>The sum of all bars.</summary>
    public int Sent => Bars.Sum(bar => bar.Sent);

    /// <inheritdoc cref="Sent"/>
    public int Failed => Bars.Sum(bar => bar.Failed);

    /// <summary>The largest bar; at least 1.</summary>
    public int Max => Math.Max(Bars.Max(bar => bar.Sent + bar.Failed), 1);

    /// <summary>Creates the chart of the last 24 hours.</summary>
    internal static LogChart CreateByHour(IReadOnlyList<OutboxHour> hours, long now) => new(Create(hours, now, 24, TimeSpan.TicksPerHour), IsByHour: true);

    /// <summary>Creates the chart of the last 7 days.</summary>
    internal static LogChart CreateByDay(IReadOnlyList<OutboxHour> hours, long now) => new(Create(hours, now, 7, TimeSpan.TicksPerDay), IsByHour: false);

    private static LogChartBar[] Create(IReadOnlyList<OutboxHour> hours, long now, int count, long width)
    {
        var last = now - (now % width);

        return [.. Enumerable.Range(1 - count, count).Select(number =>
        {
            var start = last + (number * width);
            var within = hours.Where(hour => hour.Hour >= start && hour.Hour < start + width).ToArray();

            return new LogChartBar(OutboxStore.ToUtc(start), within.Sum(hour => hour.Sent), within.Sum(hour => hour.Failed));
        })];
    }
}
