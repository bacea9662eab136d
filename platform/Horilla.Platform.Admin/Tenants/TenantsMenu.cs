using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Tenants;

[Feature("OrchardCore.Tenants")]
internal sealed class TenantsMenu(IStringLocalizer<TenantsMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Multi-Tenancy"], "6", tenancy => tenancy
            .Add(S["Tenants"], S["Tenants"].PrefixPosition(), tenants => tenants
                .Action("Index", "Admin", "OrchardCore.Tenants", new RouteValueDictionary())
                .Permission(TenantsPermissionProvider.ManageTenants)
                .LocalNav()));

        return ValueTask.CompletedTask;
    }
}
