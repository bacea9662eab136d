using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Outbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Routing;

/// <summary>Settings > Mail > Mail routing.</summary>
[Admin("OutgoingMail/Routing", "OutgoingMailRouting")]
public sealed class MailRoutingController(
    IAuthorizationService authorizationService,
    ISiteService siteService,
    YesSql.ISession session,
    MailCategories categories,
    INotifier notifier,
    IStringLocalizer<MailRoutingController> S,
    IHtmlLocalizer<MailRoutingController> H) : Controller
{
    /// <summary>Shows the categories.</summary>
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
        => await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers)
            ? View(await BuildAsync((await siteService.GetSettingsAsync<MailRoutingSettings>()).Servers, cancellationToken))
            : Forbid();

    /// <summary>Saves the servers of the categories.</summary>
    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(MailRoutingViewModel form, CancellationToken cancellationToken)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers))
        {
            return Forbid();
        }

        var chosen = form.Routes
            .Select(route => (Category: OutboxOptionsValidator.NormalizeCategory(route.Category), route.ConfigurationId))
            .Where(route => route.Category is not null && !string.IsNullOrEmpty(route.ConfigurationId))
            .DistinctBy(route => route.Category)
            .ToDictionary(route => route.Category!, route => route.ConfigurationId!);
        var model = await BuildAsync(chosen, cancellationToken);

        if (chosen.Values.Any(id => !model.Servers.ContainsKey(id)))
        {
            // Deleted while the page was open.
            ModelState.AddModelError("", S["Nothing was saved. One of the mail servers was deleted in the meantime: choose another one."]);

            return View(model);
        }

        var site = await siteService.LoadSiteSettingsAsync();
        site.Put(new MailRoutingSettings { Servers = chosen });
        await siteService.UpdateSiteSettingsAsync(site);
        await notifier.SuccessAsync(H["The routing was saved. Messages that are already in the outbox keep their mail server."]);

        return RedirectToAction(nameof(Index));
    }

    private async Task<MailRoutingViewModel> BuildAsync(IReadOnlyDictionary<string, string> chosen, CancellationToken cancellationToken)
    {
        var labels = await categories.GetAllAsync(cancellationToken);

        return new MailRoutingViewModel
        {
            Servers = await session.GetConfigurationTitlesAsync(),
            Routes =
            [
                .. labels.Keys.Union(chosen.Keys).Select(name => new MailRoute
                {
                    Category = name,
                    Label = labels.GetValueOrDefault(name) ?? name,
                    ConfigurationId = chosen.GetValueOrDefault(name) ?? "",
                }).OrderBy(route => route.Label, StringComparer.CurrentCultureIgnoreCase),
            ],
        };
    }
}
