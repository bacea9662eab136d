namespace OrchardCore.Modules;

public static class ClockExtensions
{
    /// <summary>Converts a UTC time to a time zone.</summary>
    public static DateTimeOffset ConvertToTimeZone(this IClock clock, DateTime dateTime, ITimeZone timeZone)
        => clock.ConvertToTimeZone(new DateTimeOffset(DateTime.SpecifyKind(dateTime, DateTimeKind.Utc)), timeZone);

    /// <summary>Converts a UTC time to the time zone of the site.</summary>
    public static Task<DateTimeOffset> ConvertToLocalAsync(this ILocalClock localClock, DateTime dateTime)
        => localClock.ConvertToLocalAsync(new DateTimeOffset(DateTime.SpecifyKind(dateTime, DateTimeKind.Utc)));
}
