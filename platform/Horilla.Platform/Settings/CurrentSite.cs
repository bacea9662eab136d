using OrchardCore.Settings;

namespace Horilla.Platform.Settings;

/// <summary>The site settings as they were when the request started.</summary>
internal sealed class CurrentSite(ISiteService siteService)
{
    private ISite? _site;

    public ISite Site => _site ?? throw new InvalidOperationException("The site settings are only available in views of controllers.");

    public async Task LoadAsync() => _site ??= await siteService.GetSiteSettingsAsync();
}
