using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Settings;

namespace Horilla.Platform.Admin.Settings;

[Feature("OrchardCore.Settings")]
internal sealed class SettingsMenu(IStringLocalizer<SettingsMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Settings"], settings => settings
            .Add(S["General"], "1", general => general
                .Action("Index", "Admin", "OrchardCore.Settings", new RouteValueDictionary { ["groupId"] = AdminController.General })
                .Permission(SettingsPermissions.ManageSettings)
                .LocalNav()));

        return ValueTask.CompletedTask;
    }
}
