using OrchardCore.Modules;
using OrchardCore.Settings;

namespace Horilla.Platform.Settings;

internal sealed class LocalClock(IClock clock, ISiteService siteService) : ILocalClock
{
    public async Task<ITimeZone> GetLocalTimeZoneAsync() => clock.GetTimeZone((await siteService.GetSiteSettingsAsync()).TimeZoneId ?? "");

    public async Task<DateTimeOffset> GetLocalNowAsync() => clock.ConvertToTimeZone(new DateTimeOffset(clock.UtcNow, TimeSpan.Zero), await GetLocalTimeZoneAsync());

    public async Task<DateTimeOffset> ConvertToLocalAsync(DateTimeOffset dateTimeOffset)
        => clock.ConvertToTimeZone(dateTimeOffset, await GetLocalTimeZoneAsync());
}
