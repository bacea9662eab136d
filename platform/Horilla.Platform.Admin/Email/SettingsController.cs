using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Email;
using OrchardCore.Email.Services;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace Horilla.Platform.Admin.Email;

/// <summary>The email settings of the site: the provider that sends when a module doesn't choose one.</summary>
[Feature("OrchardCore.Email")]
[Area("OrchardCore.Email")]
public sealed class SettingsController(
    IAuthorizationService authorizationService,
    ISiteService siteService,
    IOptions<EmailProviderOptions> providers,
    IShellReleaseManager releaseManager,
    INotifier notifier,
    IServiceProvider services,
    IStringLocalizer<SettingsController> S,
    IHtmlLocalizer<SettingsController> H) : Controller
{
    [HttpGet]
    [Admin("Settings/" + EmailSettings.GroupId, "EmailSettings")]
    public async Task<IActionResult> Index()
        => await MayManageAsync()
            ? View(Filled(new EmailSettingsForm { DefaultProvider = (await siteService.GetSettingsAsync<EmailSettings>()).DefaultProviderName }))
            : Forbid();

    [HttpPost]
    [ActionName(nameof(Index))]
    [Admin("Settings/" + EmailSettings.GroupId, "EmailSettingsPost")]
    public async Task<IActionResult> IndexPost([Bind(Prefix = nameof(EmailSettings))] EmailSettingsForm typed)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        var form = Filled(typed);

        if (!string.IsNullOrEmpty(form.DefaultProvider) && !form.Providers.ContainsKey(form.DefaultProvider))
        {
            ModelState.AddModelError($"{nameof(EmailSettings)}.{nameof(form.DefaultProvider)}", S["This provider is no longer available. Choose one from the list."]);

            return View(form);
        }

        var site = await siteService.LoadSiteSettingsAsync();
        site.Put(new EmailSettings { DefaultProviderName = string.IsNullOrEmpty(form.DefaultProvider) ? null : form.DefaultProvider });
        await siteService.UpdateSiteSettingsAsync(site);

        // The default provider is an option, and options live as long as the shell.
        releaseManager.RequestRelease();
        await notifier.SuccessAsync(H["The settings were saved."]);

        return RedirectToAction(nameof(Index));
    }

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, EmailPermissions.ManageEmailSettings);

    private EmailSettingsForm Filled(EmailSettingsForm form)
    {
        form.Providers = providers.Value.Providers
            .Where(provider => provider.Value.IsEnabled)
            .ToDictionary(provider => provider.Key, provider => ((IEmailProvider)ActivatorUtilities.GetServiceOrCreateInstance(services, provider.Value.Type)).DisplayName.Value);

        return form;
    }
}
