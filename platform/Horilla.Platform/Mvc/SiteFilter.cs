using Horilla.Platform.Settings;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Horilla.Platform.Mvc;

/// <summary>Reads the settings of the site before a view asks for them.</summary>
internal sealed class SiteFilter(CurrentSite site) : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        await site.LoadAsync();
        await next();
    }
}
