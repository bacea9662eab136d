using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Email;

[Feature("OrchardCore.Email")]
internal sealed class EmailMenu(IStringLocalizer<EmailMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Settings"], settings => settings
            .Add(S["Communication"], S["Communication"].PrefixPosition(), communication => communication
                .Add(S["Email"], S["Email"].PrefixPosition(), email => email
                    .Action("Index", "Settings", "OrchardCore.Email", new RouteValueDictionary())
                    .Permission(EmailPermissions.ManageEmailSettings)
                    .LocalNav())));

        return ValueTask.CompletedTask;
    }
}
