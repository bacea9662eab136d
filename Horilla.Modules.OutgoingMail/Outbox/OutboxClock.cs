namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>The time in ticks, UTC. Each call returns a later one, so that messages keep their order. One instance per tenant shell; thread-safe.</summary>
public sealed class OutboxClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _last;

    /// <summary>The current time. Not unique.</summary>
    public long Now => time.GetUtcNow().UtcTicks;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Returns the current time, later than any that was returned before unless the clock was set back.</summary>
    public long NextUnique()
    {
        lock (_lock)
        {
            var now = Now;

            // A clock that was set back by more than a second is followed, or everything would be stamped with one old time.
            _last = now > _last || _last - now > TimeSpan.TicksPerSecond ? now : _last + 1;

            return _last;
        }
    }

    /// <summary>Converts a time of a caller to ticks: a local time is converted, any other is taken as UTC.</summary>
    public static long? ToTicks(DateTime? time) => time is { } value ? (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks : null;
}
