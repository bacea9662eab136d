using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Where Microsoft sends the browser back to.</summary>
public sealed class OutlookCallbackAddress(ISiteService siteService, ShellSettings tenant, IHttpContextAccessor httpContextAccessor)
{
    /// <summary>The path below the tenant's own.</summary>
    public const string Path = "/OutgoingMail/Outlook/Callback";

    /// <summary>
    /// The address of this tenant: its base URL where the settings have one, or else its host name where it has one, or else
    /// the one that the request names. A Host header that is none of the tenant's is not believed where that is known.
    /// </summary>
    public async Task<string> GetAsync()
    {
        var site = await siteService.GetSiteSettingsAsync();

        if (!string.IsNullOrWhiteSpace(site.BaseUrl))
        {
            return site.BaseUrl.TrimEnd('/') + Path;
        }

        if (httpContextAccessor.HttpContext?.Request is not { } request)
        {
            return Path;
        }

        var own = tenant.RequestUrlHosts.Where(host => !host.StartsWith('*')).ToArray();
        var host = own.Length == 0 || Array.Exists(own, name => name.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) || name.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)) ? request.Host : new HostString(own[0]);

        return UriHelper.BuildAbsolute(request.Scheme, host, request.PathBase, Path);
    }
}
