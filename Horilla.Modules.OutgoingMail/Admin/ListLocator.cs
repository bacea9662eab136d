using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OrchardCore.Navigation;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Finds the page of the list that has the row of a server. Scoped.</summary>
public sealed class ListLocator(ListQuery list, OutgoingMailConfigurationManager configurations, IOptions<PagerOptions> pagerOptions)
{
    /// <summary>The ID of a server's row in the list, so that a URL can point at it.</summary>
    public static string GetRowId(string configurationId) => "om-server-" + configurationId;

    /// <summary>Returns the URL of the row of a server: in the list that the user came from if it shows the server, otherwise in the complete list.</summary>
    public async Task<string> GetUrlAsync(IUrlHelper url, string configurationId, string? returnUrl)
    {
        var primaryId = await configurations.GetPrimaryIdAsync();
        var options = url.IsLocalUrl(returnUrl) ? Read(returnUrl!) : new ListOptions();
        var position = await list.FindPositionAsync(options.ToCriteria(primaryId), configurationId);

        if (position is null)
        {
            options = new ListOptions { PageSize = options.PageSize };
            position = await list.FindPositionAsync(options.ToCriteria(primaryId), configurationId);
        }

        var route = options.ToRouteValueDictionary();
        route["area"] = OutgoingMailConstants.ModuleId;
        var page = (position ?? 0) / pagerOptions.Value.GetListPageSize(options.PageSize) + 1;

        if (page > 1)
        {
            route["pagenum"] = page;
        }

        return url.Action(nameof(AdminController.Index), "Admin", route) + "#" + GetRowId(configurationId);
    }

    private static ListOptions Read(string url)
    {
        var start = url.IndexOf('?', StringComparison.Ordinal);
        var query = new QueryCollection(QueryHelpers.ParseQuery(start < 0 ? "" : url[start..]));

        return new ListOptions
        {
            Search = query["search"],
            Type = query["type"],
            Status = query["status"],
            Sort = query["sort"],
            Direction = query["direction"],
            PageSize = int.TryParse(query["pageSize"], CultureInfo.InvariantCulture, out var size) ? size : null,
        };
    }
}
