namespace OrchardCore.Modules;

public static class ClockExtensions
{
    /// <summary>A UTC time in a time zone.</summary>
    public static DateTimeOffset ConvertToTimeZone(this IClock clock, DateTime dateTime, ITimeZone timeZone)
        => clock.ConvertToTimeZone(new DateTimeOffset(DateTime.SpecifyKind(dateTime, DateTimeKind.Utc)), timeZone);

    /// <summary>A UTC time in the time zone of the site.</summary>
    public static Task<DateTimeOffset> ConvertToLocalAsync(this ILocalClock localClock, DateTime dateTime)
        => localClock.ConvertToLocalAsync(new DateTimeOffset(DateTime.SpecifyKind(dateTime, DateTimeKind.Utc)));
}
