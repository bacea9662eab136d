using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Features;

[Feature("OrchardCore.Features")]
internal sealed class FeaturesMenu(IStringLocalizer<FeaturesMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Tools"], tools => tools
            .Add(S["Features"], S["Features"].PrefixPosition(), features => features
                .Action("Features", "Admin", "OrchardCore.Features", new RouteValueDictionary())
                .Permission(FeaturesPermissionProvider.ManageFeatures)
                .LocalNav()));

        return ValueTask.CompletedTask;
    }
}
