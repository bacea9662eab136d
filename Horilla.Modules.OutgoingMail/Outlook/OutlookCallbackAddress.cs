using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Where Microsoft sends the browser back to.</summary>
public sealed class OutlookCallbackAddress(ISiteService siteService, IHttpContextAccessor httpContextAccessor)
{
    /// <summary>The path below the tenant's own.</summary>
    public const string Path = "/OutgoingMail/Outlook/Callback";

    /// <summary>The address of this tenant: by its base URL where the settings have one, and else by the one that it is looked at.</summary>
    public async Task<string> GetAsync()
    {
        var site = await siteService.GetSiteSettingsAsync();

        if (!string.IsNullOrWhiteSpace(site.BaseUrl))
        {
            return site.BaseUrl.TrimEnd('/') + Path;
        }

        return httpContextAccessor.HttpContext?.Request is { } request ? UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, Path) : Path;
    }
}
