using OrchardCore.Settings;

namespace Horilla.Platform.Settings;

/// <summary>The settings of the site as they were when the request began.</summary>
internal sealed class CurrentSite(ISiteService siteService)
{
    private ISite? _site;

    public ISite Site => _site ?? throw new InvalidOperationException("The settings of the site are there for views of controllers.");

    public async Task LoadAsync() => _site ??= await siteService.GetSiteSettingsAsync();
}
