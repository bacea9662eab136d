using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Provides the address that Microsoft redirects the browser to.</summary>
public sealed class OutlookCallbackAddress(ISiteService siteService, ShellSettings tenant, IHttpContextAccessor httpContextAccessor)
{
    /// <summary>The path below the tenant's address.</summary>
    public const string Path = "/OutgoingMail/Outlook/Callback";

    /// <summary>
    /// Returns the address in this tenant, based on the base URL in the site settings, or else on the tenant's host name, or else
    /// on the host of the request. If the tenant has host names, a Host header that isn't one of them is ignored.
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

        var tenantHosts = tenant.RequestUrlHosts.Where(host => !host.StartsWith('*')).ToArray();
        var host = tenantHosts.Length == 0 || Array.Exists(tenantHosts, name => name.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) || name.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)) ? request.Host : new HostString(tenantHosts[0]);

        return UriHelper.BuildAbsolute(request.Scheme, host, request.PathBase, Path);
    }
}
