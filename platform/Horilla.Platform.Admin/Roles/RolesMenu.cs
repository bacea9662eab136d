using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Roles;

[Feature("OrchardCore.Roles")]
internal sealed class RolesMenu(IStringLocalizer<RolesMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Access Control"], access => access
            .Add(S["Roles"], S["Roles"].PrefixPosition(), roles => roles
                .Action("Index", "Admin", "OrchardCore.Roles", new RouteValueDictionary())
                .Permission(RolesPermissionProvider.ManageRoles)
                .LocalNav()));

        return ValueTask.CompletedTask;
    }
}
