using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace Horilla.Platform.Admin.Settings;

/// <summary>The general settings of the site.</summary>
[Feature("OrchardCore.Settings")]
[Area("OrchardCore.Settings")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    ISiteService siteService,
    IShellReleaseManager releaseManager,
    INotifier notifier,
    IStringLocalizer<AdminController> S,
    IHtmlLocalizer<AdminController> H) : Controller
{
    /// <summary>The settings group that this controller shows. Other features show other groups, at URLs next to this one.</summary>
    public const string General = "general";

    private const string Address = "Settings/{groupId:regex(^general$)}";

    private const int LongestName = 255;
    private const int LongestUrl = 2000;

    [HttpGet]
    [Admin(Address, "AdminSettings")]
    public async Task<IActionResult> Index()
    {
        if (!await authorizationService.AuthorizeAsync(User, SettingsPermissions.ManageSettings))
        {
            return Forbid();
        }

        var site = await siteService.GetSiteSettingsAsync();

        return View(new GeneralSettingsForm
        {
            SiteName = site.SiteName,
            TimeZone = site.TimeZoneId,
            PageSize = site.PageSize.ToString(CultureInfo.InvariantCulture),
            BaseUrl = site.BaseUrl,
        });
    }

    [HttpPost]
    [ActionName(nameof(Index))]
    [Admin(Address, "AdminSettingsPost")]
    public async Task<IActionResult> IndexPost([Bind(Prefix = nameof(ISite))] GeneralSettingsForm typed)
    {
        if (!await authorizationService.AuthorizeAsync(User, SettingsPermissions.ManageSettings))
        {
            return Forbid();
        }

        var site = await siteService.LoadSiteSettingsAsync();
        var pageSize = ReadPageSize(typed.PageSize, site.MaxPageSize);
        CheckName(typed.SiteName);
        CheckTimeZone(typed.TimeZone);
        CheckBaseUrl(typed.BaseUrl);

        if (!ModelState.IsValid)
        {
            return View(typed);
        }

        site.SiteName = typed.SiteName!.Trim();
        site.TimeZoneId = string.IsNullOrWhiteSpace(typed.TimeZone) ? null : typed.TimeZone;
        site.PageSize = pageSize;
        site.BaseUrl = string.IsNullOrWhiteSpace(typed.BaseUrl) ? null : typed.BaseUrl.Trim();
        await siteService.UpdateSiteSettingsAsync(site);

        // The page size is an option, and options live as long as the shell.
        releaseManager.RequestRelease();
        await notifier.SuccessAsync(H["The settings were saved."]);

        return RedirectToAction(nameof(Index), new { groupId = General });
    }

    private int ReadPageSize(string? text, int most)
    {
        var limit = most > 0 ? most : 100;

        if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size) && size >= 1 && size <= limit)
        {
            return size;
        }

        Fail(nameof(GeneralSettingsForm.PageSize), S["Enter a page size from 1 to {0}.", limit]);

        return 0;
    }

    private void CheckName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            Fail(nameof(GeneralSettingsForm.SiteName), S["Enter the name of the site."]);
        }
        else if (name.Length > LongestName || name.Any(char.IsControl))
        {
            Fail(nameof(GeneralSettingsForm.SiteName), S["The name can have up to {0} characters and no line breaks.", LongestName]);
        }
    }

    private void CheckTimeZone(string? id)
    {
        if (!string.IsNullOrWhiteSpace(id) && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out _))
        {
            Fail(nameof(GeneralSettingsForm.TimeZone), S["Unknown time zone. Choose one from the list."]);
        }
    }

    private void CheckBaseUrl(string? url)
    {
        if (!string.IsNullOrWhiteSpace(url)
            && (url.Length > LongestUrl
                || !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri)
                || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
                || uri.Query.Length > 0
                || uri.Fragment.Length > 0))
        {
            Fail(nameof(GeneralSettingsForm.BaseUrl), S["Enter the full address of the site with https or http, for example https://crm.example.com, or leave the box empty."]);
        }
    }

    private void Fail(string field, LocalizedString message) => ModelState.AddModelError($"{nameof(ISite)}.{field}", message.Value);
}
