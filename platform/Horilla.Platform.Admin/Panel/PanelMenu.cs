using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Panel;

/// <summary>The top of the menu, in the order that modules count on.</summary>
[Feature("OrchardCore.Admin")]
internal sealed class PanelMenu(IStringLocalizer<PanelMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder
            .Add(S["Access Control"], "7")
            .Add(S["Tools"], "90")
            .Add(S["Settings"], "100");

        return ValueTask.CompletedTask;
    }
}
