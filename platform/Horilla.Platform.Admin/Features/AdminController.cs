using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Features;

/// <summary>Enables and disables the features of the tenant. A change is there with the next request.</summary>
[Feature("OrchardCore.Features")]
[Area("OrchardCore.Features")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    FeatureCatalog catalog,
    IShellFeaturesManager features,
    INotifier notifier,
    IHtmlLocalizer<AdminController> H) : Controller
{
    /// <summary>All features, or those that a search finds.</summary>
    [HttpGet]
    [Admin("Features", "Features")]
    public async Task<IActionResult> Features(string? search)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        var text = search?.Trim() ?? "";
        var found = (await catalog.ListAsync()).Where(entry => Texts(entry.Feature).Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase)));

        return View(new FeaturesViewModel(text, [.. found]));
    }

    /// <summary>What a change of several features would take along.</summary>
    [HttpGet]
    [Admin("Features/Confirm", "FeaturesConfirm")]
    public async Task<IActionResult> Confirm(string[] featureIds, FeaturesBulkAction bulkAction)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        var enable = bulkAction == FeaturesBulkAction.Enable;
        var enabled = (await features.GetEnabledFeaturesAsync()).ToHashSet();
        var changed = (await catalog.FindAsync(featureIds)).Where(feature => enabled.Contains(feature) != enable).ToArray();

        if (changed.Length == 0 || bulkAction is not (FeaturesBulkAction.Enable or FeaturesBulkAction.Disable))
        {
            await notifier.WarningAsync(H["Nothing would change: tick the features, and choose what to do with them."]);

            return RedirectToAction(nameof(Features));
        }

        return View(new FeaturesChange(bulkAction, changed, await catalog.AlongAsync(changed, enable)));
    }

    /// <summary>Changes several features.</summary>
    [HttpPost]
    [ActionName(nameof(Features))]
    [Admin("Features", "FeaturesPost")]
    public async Task<IActionResult> FeaturesPost(string[] featureIds, FeaturesBulkAction bulkAction, bool? force)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        var enabled = (await features.GetEnabledFeaturesAsync()).ToHashSet();
        var asked = await catalog.FindAsync(featureIds);
        var on = asked.Where(feature => !enabled.Contains(feature) && bulkAction is FeaturesBulkAction.Enable or FeaturesBulkAction.Toggle).ToArray();
        var off = asked.Where(feature => enabled.Contains(feature) && bulkAction is FeaturesBulkAction.Disable or FeaturesBulkAction.Toggle).ToArray();
        await ChangeAsync(off, on, force ?? true);

        return RedirectToAction(nameof(Features));
    }

    /// <summary>Enables a feature, and what it depends on.</summary>
    [HttpPost]
    [Admin("Features/{id}/Enable", "FeaturesEnable")]
    public Task<IActionResult> Enable(string id) => ChangeAsync(id, enable: true);

    /// <summary>Disables a feature, and what depends on it.</summary>
    [HttpPost]
    [Admin("Features/{id}/Disable", "FeaturesDisable")]
    public Task<IActionResult> Disable(string id) => ChangeAsync(id, enable: false);

    private static IEnumerable<string> Texts(IFeatureInfo feature) => [feature.Id, feature.Name, feature.Category, feature.Description];

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, FeaturesPermissions.ManageFeatures);

    private async Task<IActionResult> ChangeAsync(string id, bool enable)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (await catalog.FindAsync([id]) is not [var feature])
        {
            return NotFound();
        }

        await (enable ? ChangeAsync([], [feature], force: true) : ChangeAsync([feature], [], force: true));

        return RedirectToAction(nameof(Features));
    }

    private async Task ChangeAsync(IReadOnlyList<IFeatureInfo> off, IReadOnlyList<IFeatureInfo> on, bool force)
    {
        var before = (await features.GetEnabledFeaturesAsync()).ToHashSet();
        var (disabled, enabled) = await features.UpdateFeaturesAsync(off, on, force);
        var (gone, come) = (disabled.ToHashSet(), enabled.ToHashSet());

        foreach (var feature in off)
        {
            await (gone.Contains(feature)
                ? notifier.SuccessAsync(H["The feature {0} was disabled.", feature.Name])
                : !before.Contains(feature) ? notifier.InformationAsync(H["The feature {0} was disabled already.", feature.Name])
                : notifier.ErrorAsync(H["The feature {0} was not disabled: others depend on it.", feature.Name]));
        }

        foreach (var feature in on)
        {
            await (come.Contains(feature)
                ? notifier.SuccessAsync(H["The feature {0} was enabled.", feature.Name])
                : before.Contains(feature) ? notifier.InformationAsync(H["The feature {0} was enabled already.", feature.Name])
                : notifier.ErrorAsync(H["The feature {0} was not enabled: this host lacks what it depends on.", feature.Name]));
        }
    }
}
