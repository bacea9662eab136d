using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Panel;

/// <summary>Adds the top level of the menu, in the order that modules expect.</summary>
[Feature("OrchardCore.Admin")]
internal sealed class AdminMenuRoot(IStringLocalizer<AdminMenuRoot> S) : AdminNavigationProvider
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
