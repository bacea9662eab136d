using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Settings;

namespace Horilla.Platform.Admin.Home;

internal sealed class HomeRouteTransformer(ISiteService siteService) : DynamicRouteValueTransformer
{
    public override async ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values)
    {
        var route = (await siteService.GetSiteSettingsAsync()).HomeRoute;

        return route.Count > 0 ? route : null!;
    }
}
