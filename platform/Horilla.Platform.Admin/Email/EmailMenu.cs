using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Email;

/// <summary>Stands in the group of the outgoing mail module, so that nobody has to search for either.</summary>
[Feature("OrchardCore.Email")]
internal sealed class EmailMenu(IStringLocalizer<EmailMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Settings"], settings => settings
            .Add(S["Mail"], S["Mail"].PrefixPosition(), mail => mail
                .Add(S["Email"], S["Email"].PrefixPosition(), email => email
                    .Action("Index", "Settings", "OrchardCore.Email", new RouteValueDictionary())
                    .Permission(EmailPermissions.ManageEmailSettings)
                    .LocalNav())));

        return ValueTask.CompletedTask;
    }
}
