using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.Navigation;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The list of mail servers.</summary>
[Admin("OutgoingMail", "OutgoingMail")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    ListRequestState list,
    IDisplayManager<OutgoingMailConfiguration> displayManager,
    IUpdateModelAccessor updateModelAccessor,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions) : ServerActionController(authorizationService, configurations)
{
    /// <summary>The maximum page size if the site's settings set no limit.</summary>
    private const int DefaultMaxPageSize = 100;

    /// <summary>Shows a page of the list.</summary>
    [HttpGet]
    public Task<IActionResult> Index(ListOptions options, PagerParameters pagerParameters)
        => WithPermissionAsync(OutgoingMailPermissions.ViewOutgoingMailServers, () => ShowPageAsync(options, pagerParameters));

    private async Task<IActionResult> ShowPageAsync(ListOptions options, PagerParameters pagerParameters)
    {
        var pager = new Pager(pagerParameters, pagerOptions.Value.GetPageSize());
        pager.PageSize = Math.Clamp(pager.PageSize, 1, pagerOptions.Value.MaxPageSize > 0 ? pagerOptions.Value.MaxPageSize : DefaultMaxPageSize);
        var start = (int)Math.Min((pager.Page - 1L) * pager.PageSize, int.MaxValue);
        var page = await Configurations.SearchAsync(new ConfigurationQuery(options.SearchText, options.SortColumn, options.IsDescending, await Configurations.GetPrimaryIdAsync(), start, pager.PageSize));

        if (page.Items.Count == 0 && page.Total > 0)
        {
            // Past the last page, for example after its only row was deleted.
            return RedirectToAction(nameof(Index), new RouteValueDictionary(options.ToRouteValues())
            {
                ["pagenum"] = (page.Total + pager.PageSize - 1) / pager.PageSize,
            });
        }

        list.ReturnUrl = Request.QueryString.HasValue ? Request.PathBase + Request.Path + Request.QueryString : null;
        await list.LoadAsync(page.Items, User);

        var model = new ListViewModel
        {
            Options = options,
            Total = page.Total,
            CanManage = list.CanManage,
            Pager = await shapeFactory.PagerAsync(pager, page.Total, new RouteValueDictionary(options.ToRouteValues())),
        };

        foreach (var item in page.Items)
        {
            model.Rows.Add(await displayManager.BuildDisplayAsync(item, updateModelAccessor.ModelUpdater, "SummaryAdmin"));
        }

        return View(model);
    }
}
