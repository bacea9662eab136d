using OrchardCore.Entities;

namespace OrchardCore.Settings;

public static class SiteServiceExtensions
{
    extension(ISiteService siteService)
    {
        /// <summary>Returns the settings of one feature, or new ones that aren't stored.</summary>
        public async Task<T> GetSettingsAsync<T>()
            where T : new()
            => (await siteService.GetSiteSettingsAsync()).GetOrCreate<T>();

        /// <inheritdoc cref="GetSettingsAsync{T}(ISiteService)"/>
        public async Task<T> GetSettingsAsync<T>(string name)
            where T : new()
            => (await siteService.GetSiteSettingsAsync()).GetOrCreate<T>(name);
    }

    /// <summary>Returns the settings for synchronous callers, such as the configuration of options.</summary>
    public static ISite GetSiteSettings(this ISiteService siteService) => siteService.GetSiteSettingsAsync().GetAwaiter().GetResult();
}
