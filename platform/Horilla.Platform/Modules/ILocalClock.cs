namespace OrchardCore.Modules;

/// <summary>The time in the time zone of the site.</summary>
public interface ILocalClock
{
    Task<ITimeZone> GetLocalTimeZoneAsync();

    Task<DateTimeOffset> GetLocalNowAsync();

    Task<DateTimeOffset> ConvertToLocalAsync(DateTimeOffset dateTimeOffset);
}
