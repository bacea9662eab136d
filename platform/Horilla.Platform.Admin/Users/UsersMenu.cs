using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Users;

namespace Horilla.Platform.Admin.Users;

[Feature("OrchardCore.Users")]
internal sealed class UsersMenu(IStringLocalizer<UsersMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Access Control"], access => access
            .Add(S["Users"], S["Users"].PrefixPosition(), users => users
                .Action("Index", "Admin", "OrchardCore.Users", new RouteValueDictionary())
                .Permission(UsersPermissions.ManageUsers)
                .LocalNav()));

        return ValueTask.CompletedTask;
    }
}
