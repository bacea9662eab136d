using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
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
    ListViewModelBuilder list,
    IDisplayManager<OutgoingMailConfiguration> displayManager,
    IUpdateModelAccessor updateModelAccessor,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions) : ServerActionController(authorizationService, configurations)
{
    /// <summary>Shows a page of the list.</summary>
    [HttpGet]
    public Task<IActionResult> Index(ListOptions options, PagerParameters pagerParameters)
        => WithPermissionAsync(OutgoingMailPermissions.ViewOutgoingMailServers, () => ShowPageAsync(options, pagerParameters));

    private async Task<IActionResult> ShowPageAsync(ListOptions options, PagerParameters pagerParameters)
    {
        var pager = new Pager(pagerParameters, pagerOptions.Value.GetPageSize());
        pager.PageSize = pagerOptions.Value.GetListPageSize(pager.PageSize);
        var returnUrl = Request.QueryString.HasValue ? Request.PathBase + Request.Path + Request.QueryString : null;
        var (model, page) = await list.BuildAsync(options, pager, returnUrl, User);

        if (page.Items.Count == 0 && page.Total > 0)
        {
            // Past the last page, for example after its only row was deleted.
            var lastPage = options.ToRouteValueDictionary();
            lastPage["pagenum"] = (page.Total + pager.PageSize - 1) / pager.PageSize;

            return RedirectToAction(nameof(Index), lastPage);
        }

        model.Pager = await shapeFactory.PagerAsync(pager, page.Total, options.ToRouteValueDictionary());

        foreach (var item in page.Items)
        {
            var row = await displayManager.BuildDisplayAsync(item, updateModelAccessor.ModelUpdater, "SummaryAdmin");
            row.Properties["ConfigurationId"] = item.ConfigurationId;
            model.Rows.Add(row);
        }

        return View(model);
    }
}
