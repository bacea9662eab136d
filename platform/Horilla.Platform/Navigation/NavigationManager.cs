using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.Navigation;

internal sealed class NavigationManager(IEnumerable<INavigationProvider> providers, IUrlHelperFactory urlHelperFactory, IAuthorizationService authorizationService) : INavigationManager
{
    private const string NoAddress = "#";

    public async Task<IEnumerable<MenuItem>> BuildMenuAsync(string name, ActionContext context)
    {
        var builder = new NavigationBuilder();

        foreach (var provider in providers)
        {
            await provider.BuildNavigationAsync(name, builder);
        }

        return await FinishAsync(Merge(builder.Build()), context, urlHelperFactory.GetUrlHelper(context));
    }

    private static IEnumerable<MenuItem> Merge(IEnumerable<MenuItem> items)
        => items.GroupBy(item => item.Text.Name, StringComparer.OrdinalIgnoreCase).Select(group =>
        {
            var merged = group.OrderByDescending(item => item.Priority).First();
            merged.Items = [.. Merge([.. group.SelectMany(item => item.Items)])];
            merged.RouteValues ??= group.Select(item => item.RouteValues).FirstOrDefault(values => values is not null);
            merged.Url ??= group.Select(item => item.Url).FirstOrDefault(url => url is not null);
            merged.Position ??= group.Select(item => item.Position).FirstOrDefault(position => position is not null);
            merged.Id ??= group.Select(item => item.Id).FirstOrDefault(id => id is not null);

            return merged;
        });

    /// <summary>Removes the items that the user can't see and those that lead nowhere, and sorts the rest.</summary>
    private async Task<List<MenuItem>> FinishAsync(IEnumerable<MenuItem> items, ActionContext context, IUrlHelper url)
    {
        var visible = new List<MenuItem>();

        foreach (var item in items)
        {
            if (!await IsVisibleAsync(item, context))
            {
                continue;
            }

            item.Items = await FinishAsync(item.Items, context, url);
            item.Href = item.RouteValues is { } values ? url.RouteUrl(values) : item.Url is { } address ? url.Content(address) : null;

            if (item.Href is not null || item.Items.Count > 0)
            {
                item.Href ??= NoAddress;
                visible.Add(item);
            }
        }

        return [.. visible.OrderBy(item => item.Position, FlatPositionComparer.Instance).ThenBy(item => item.Text.Value, StringComparer.CurrentCultureIgnoreCase)];
    }

    private async Task<bool> IsVisibleAsync(MenuItem item, ActionContext context)
    {
        foreach (var permission in item.Permissions)
        {
            if (await authorizationService.AuthorizeAsync(context.HttpContext.User, permission))
            {
                return true;
            }
        }

        return item.Permissions.Count == 0;
    }
}
