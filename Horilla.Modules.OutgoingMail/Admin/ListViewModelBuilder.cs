using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Options;
using OrchardCore.Navigation;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Reads what the list shows. Scoped.</summary>
public sealed class ListViewModelBuilder(
    ListQuery query,
    ListFilters filters,
    ListRequestState state,
    OutgoingMailConfigurationManager configurations,
    IOptions<PagerOptions> pagerOptions)
{
    /// <summary>Reads a page of the list and prepares the state that its rows share.</summary>
    /// <param name="options">The search, filter and sort options.</param>
    /// <param name="pager">The page.</param>
    /// <param name="returnUrl">The current URL of the list; null for the unfiltered list.</param>
    /// <param name="user">The user who sees the list.</param>
    public async Task<(ListViewModel Model, ListPage Page)> BuildAsync(ListOptions options, Pager pager, string? returnUrl, ClaimsPrincipal user)
    {
        var primaryId = await configurations.GetPrimaryIdAsync();
        var start = (int)Math.Min((pager.Page - 1L) * pager.PageSize, int.MaxValue);
        var page = await query.GetPageAsync(options.ToCriteria(primaryId), start, pager.PageSize);
        await state.LoadAsync([.. page.Items.Select(configuration => configuration.ConfigurationId)], primaryId, returnUrl, user);
        var pageSizes = pagerOptions.Value.GetListPageSizes();

        return (new ListViewModel
        {
            Options = options,
            Statuses = await filters.BuildStatusesAsync(options, primaryId),
            Types = await filters.BuildTypesAsync(options, primaryId),
            Total = page.Total,
            PageSize = pager.PageSize,
            PageSizes = page.Total > pageSizes[0] ? pageSizes : [],
            CanSelect = state.CanSelect,
            CanManage = state.CanManage,
            CanSendTestMail = state.CanSendTestMail,
            ReturnUrl = returnUrl,
        }, page);
    }
}
