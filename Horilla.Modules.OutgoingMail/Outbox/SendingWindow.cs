using System.Text.Json;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// How much was sent through a server lately, in small slices of time. Sums of slices never allow more than a limit within any
/// period, because a slice counts until all of it is older than the period.
/// </summary>
internal sealed class SendingWindow
{
    private static readonly long MinuteSlice = TimeSpan.FromSeconds(5).Ticks;
    private static readonly long DaySlice = TimeSpan.FromHours(1).Ticks;

    /// <summary>The messages of the last minute, by the beginnings of their slices in ticks.</summary>
    public Dictionary<long, int> Messages { get; init; } = [];

    /// <summary>The recipients of the last day.</summary>
    public Dictionary<long, int> Recipients { get; init; } = [];

    public static SendingWindow Parse(string? json) => string.IsNullOrEmpty(json) ? new SendingWindow() : JsonSerializer.Deserialize<SendingWindow>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Forgets what no longer counts.</summary>
    public void Trim(long now)
    {
        Trim(Messages, now - TimeSpan.TicksPerMinute - MinuteSlice);
        Trim(Recipients, now - TimeSpan.TicksPerDay - DaySlice);
    }

    /// <summary>Returns how many messages may be sent now, at most a number.</summary>
    public int GetMessages(OutboxServerSettings limits, int max) => limits.MessagesPerMinute is { } limit ? Math.Clamp(limit - Messages.Values.Sum(), 0, max) : max;

    /// <summary>Returns how many recipients may be sent to now; null for no limit.</summary>
    public int? GetRecipients(OutboxServerSettings limits) => limits.RecipientsPerDay is { } limit ? Math.Max(limit - Recipients.Values.Sum(), 0) : null;

    /// <summary>Whether nothing was sent in the last day.</summary>
    public bool IsUnused => Recipients.Count == 0;

    /// <summary>Adds what is sent now.</summary>
    public void Add(long now, int messages, int recipients)
    {
        Add(Messages, now - (now % MinuteSlice), messages);
        Add(Recipients, now - (now % DaySlice), recipients);
    }

    /// <summary>Returns when something may be sent again, in ticks, if a limit is reached now.</summary>
    public long GetFreeAt(OutboxServerSettings limits)
    {
        var minute = limits.MessagesPerMinute is { } messages && Messages.Values.Sum() >= messages ? Messages.Keys.Min() + TimeSpan.TicksPerMinute + MinuteSlice : 0;
        var day = limits.RecipientsPerDay is { } recipients && Recipients.Values.Sum() >= recipients ? Recipients.Keys.Min() + TimeSpan.TicksPerDay + DaySlice : 0;

        return Math.Max(minute, day);
    }

    private static void Trim(Dictionary<long, int> slices, long before)
    {
        foreach (var start in slices.Keys.Where(start => start < before).ToArray())
        {
            slices.Remove(start);
        }
    }

    private static void Add(Dictionary<long, int> slices, long start, int count) => slices[start] = slices.GetValueOrDefault(start) + count;
}
