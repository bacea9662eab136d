using Horilla.Platform.Settings;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Horilla.Platform.Mvc;

/// <summary>Loads the site settings before a view needs them.</summary>
internal sealed class SiteSettingsFilter(CurrentSite site) : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        await site.LoadAsync();
        await next();
    }
}
