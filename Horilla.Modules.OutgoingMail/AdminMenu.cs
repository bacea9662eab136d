using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace Horilla.Modules.OutgoingMail;

/// <summary>Adds Settings > Mail to the admin menu, right after OrchardCore's Settings > Communication > Email.</summary>
public sealed class AdminMenu(IStringLocalizer<AdminMenu> stringLocalizer) : AdminNavigationProvider
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Settings"], settings => settings
            .Add(S["Mail"], S["Communication"].PrefixPosition(S["Mail"].Value), mail => mail
                .Id("mail")
                .Add(S["Outgoing Mail Server"], S["Outgoing Mail Server"].PrefixPosition(), servers => servers
                    .Action("Index", "Admin", OutgoingMailConstants.ModuleId, new RouteValueDictionary())
                    .Permission(OutgoingMailPermissions.ViewOutgoingMailServers)
                    .LocalNav())
                .Add(S["Mail Log"], S["Mail Log"].PrefixPosition(), log => log
                    .Action("Index", "Log", OutgoingMailConstants.ModuleId, new RouteValueDictionary())
                    .Permission(OutgoingMailPermissions.ViewMailLog)
                    .LocalNav())
                .Add(S["Mail routing"], S["Mail routing"].PrefixPosition(), routing => routing
                    .Action("Index", "MailRouting", OutgoingMailConstants.ModuleId, new RouteValueDictionary())
                    .Permission(OutgoingMailPermissions.ManageOutgoingMailServers)
                    .LocalNav())
                .Add(S["Outbox settings"], S["Outbox settings"].PrefixPosition(), settings => settings
                    .Action("Index", "OutboxSettings", OutgoingMailConstants.ModuleId, new RouteValueDictionary())
                    .Permission(OutgoingMailPermissions.ManageOutbox)
                    .LocalNav())));

        return ValueTask.CompletedTask;
    }
}
