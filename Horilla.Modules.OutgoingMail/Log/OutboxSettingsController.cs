using Horilla.Modules.OutgoingMail.Outbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Entities;
using OrchardCore.Environment.Cache;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Settings > Mail > Outbox settings.</summary>
[Admin("OutgoingMail/OutboxSettings", "OutgoingMailOutboxSettings")]
public sealed class OutboxSettingsController(
    IAuthorizationService authorizationService,
    ISiteService siteService,
    ISignal signal,
    INotifier notifier,
    IStringLocalizer<OutboxSettingsController> S,
    IHtmlLocalizer<OutboxSettingsController> H) : Controller
{
    /// <summary>Shows the form.</summary>
    [HttpGet]
    public async Task<IActionResult> Index()
        => await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutbox)
            ? View(OutboxSettingsViewModel.From(await siteService.GetSettingsAsync<OutboxSettings>()))
            : Forbid();

    /// <summary>Saves the settings.</summary>
    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(OutboxSettingsViewModel form)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutbox))
        {
            return Forbid();
        }

        if (Parse(form) is not { } settings)
        {
            return View(form);
        }

        var site = await siteService.LoadSiteSettingsAsync();
        site.Put(settings);
        await siteService.UpdateSiteSettingsAsync(site);
        signal.DeferredSignalToken(OutboxWakeUp.Signal);
        await notifier.SuccessAsync(settings.IsPaused
            ? H["The settings were saved. The outbox is paused: messages wait until you resume it."]
            : H["The settings were saved."]);

        return RedirectToAction(nameof(Index));
    }

    /// <summary>Returns the settings, or null if a field isn't valid.</summary>
    private OutboxSettings? Parse(OutboxSettingsViewModel form)
    {
        var delays = form.ParseDelays();
        AddErrorIf(delays is null, nameof(form.RetryDelays), S["Enter 1 to {0} numbers of minutes, separated by commas, for example 1, 5, 15. Each is 1 to {1}.", OutboxSettingsViewModel.MaxDelays, OutboxSettingsViewModel.MaxDelayMinutes]);
        var hours = ParseNumber(nameof(form.RetryHours), form.RetryHours, 1, OutboxSettingsViewModel.MaxHours);
        var contentDays = ParseNumber(nameof(form.ContentDays), form.ContentDays, 0, OutboxSettingsViewModel.MaxDays);
        var logDays = ParseNumber(nameof(form.LogDays), form.LogDays, 1, OutboxSettingsViewModel.MaxDays);
        AddErrorIf(!Enum.IsDefined(form.EmailServiceMode), nameof(form.EmailServiceMode), S["Choose one of the options."]);
        AddErrorIf(!Enum.IsDefined(form.DirectLogMode), nameof(form.DirectLogMode), S["Choose one of the options."]);

        return !ModelState.IsValid
            ? null
            : new OutboxSettings
            {
                IsPaused = form.IsPaused,
                RetryDelaysMinutes = delays!,
                RetryHours = hours!.Value,
                EmailServiceMode = form.EmailServiceMode,
                ContentDays = contentDays!.Value,
                LogDays = logDays!.Value,
                DirectLogMode = form.DirectLogMode,
            };
    }

    private int? ParseNumber(string field, string? text, int min, int max)
    {
        var number = OutboxSettingsViewModel.ParseNumber(text, min, max);
        AddErrorIf(number is null, field, S["Enter a whole number from {0} to {1}.", min, max]);

        return number;
    }

    private void AddErrorIf(bool isInvalid, string field, string error)
    {
        if (isInvalid)
        {
            ModelState.AddModelError(field, error);
        }
    }
}
