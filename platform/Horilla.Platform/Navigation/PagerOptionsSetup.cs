using Microsoft.Extensions.Options;
using OrchardCore.Settings;

namespace OrchardCore.Navigation;

internal sealed class PagerOptionsSetup(ISiteService siteService) : IConfigureOptions<PagerOptions>
{
    public void Configure(PagerOptions options)
    {
        var site = siteService.GetSiteSettings();
        options.PageSize = site.PageSize;
        options.MaxPageSize = site.MaxPageSize;
    }
}
