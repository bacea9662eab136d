namespace OrchardCore.Modules;

/// <summary>The clock, which tests can replace. Thread-safe.</summary>
public interface IClock
{
    DateTime UtcNow { get; }

    ITimeZone[] GetTimeZones();

    /// <summary>Returns the time zone with this id, or the system's time zone if there is none.</summary>
    ITimeZone GetTimeZone(string timeZoneId);

    ITimeZone GetSystemTimeZone();

    DateTimeOffset ConvertToTimeZone(DateTimeOffset dateTimeOffset, ITimeZone timeZone);
}
