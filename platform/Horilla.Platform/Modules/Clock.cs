namespace OrchardCore.Modules;

internal sealed class Clock(TimeProvider time) : IClock
{
    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    public ITimeZone[] GetTimeZones() => [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => new SystemTimeZone(zone))];

    public ITimeZone GetTimeZone(string timeZoneId)
        => !string.IsNullOrEmpty(timeZoneId) && TimeZoneInfo.TryFindSystemTimeZoneById(timeZoneId, out var zone) ? new SystemTimeZone(zone) : GetSystemTimeZone();

    public ITimeZone GetSystemTimeZone() => new SystemTimeZone(time.LocalTimeZone);

    public DateTimeOffset ConvertToTimeZone(DateTimeOffset dateTimeOffset, ITimeZone timeZone)
        => TimeZoneInfo.ConvertTime(dateTimeOffset, ((SystemTimeZone)timeZone).Zone);

    private sealed class SystemTimeZone(TimeZoneInfo zone) : ITimeZone
    {
        public TimeZoneInfo Zone { get; } = zone;

        public string TimeZoneId { get; set; } = zone.Id;
    }
}
