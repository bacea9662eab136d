using Horilla.Platform.Data;
using OrchardCore.Settings;

namespace Horilla.Platform.Settings;

internal sealed class SiteService(CachedDocument<SiteSettings> document) : ISiteService
{
    public async Task<ISite> GetSiteSettingsAsync() => await document.GetAsync();

    public async Task<ISite> LoadSiteSettingsAsync() => await document.LoadAsync();

    public Task UpdateSiteSettingsAsync(ISite site) => document.UpdateAsync((SiteSettings)site);
}
