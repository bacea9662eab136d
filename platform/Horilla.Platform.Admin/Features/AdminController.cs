using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Features;

/// <summary>Enables and disables the features of the tenant. A change takes effect with the next request.</summary>
[Feature("OrchardCore.Features")]
[Area("OrchardCore.Features")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    FeatureCatalog catalog,
    IShellFeaturesManager features,
    INotifier notifier,
    IHtmlLocalizer<AdminController> H) : Controller
{
    private const string DisabledAlong = nameof(DisabledAlong);
    private const string EnabledAlong = nameof(EnabledAlong);

    /// <summary>Lists all features, or those that match a search.</summary>
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

        return View(new FeaturesViewModel(text, [.. found], TempData[DisabledAlong] as string ?? "", TempData[EnabledAlong] as string ?? ""));
    }

    /// <summary>Asks to confirm a bulk action, and shows which other features it affects.</summary>
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
        var selected = await catalog.FindAsync(featureIds);
        var changed = selected.Where(feature => enabled.Contains(feature) != enable).ToArray();

        if (changed.Length == 0 || bulkAction is not (FeaturesBulkAction.Enable or FeaturesBulkAction.Disable))
        {
            await notifier.WarningAsync(selected.Count == 0 || changed.Length > 0
                ? H["Nothing to change. Select features, and choose an action for them."]
                : enable ? H["Nothing to change: {0} already enabled.", FeatureNames.List(selected)] : H["Nothing to change: {0} already disabled.", FeatureNames.List(selected)]);

            return RedirectToAction(nameof(Features));
        }

        return View(new BulkActionConfirmation(bulkAction, changed, await catalog.GetAffectedFeaturesAsync(changed, enable), [.. selected.Except(changed)]));
    }

    /// <summary>Applies a bulk action.</summary>
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
        var selected = await catalog.FindAsync(featureIds);
        var toEnable = selected.Where(feature => !enabled.Contains(feature) && bulkAction is FeaturesBulkAction.Enable or FeaturesBulkAction.Toggle).ToArray();
        var toDisable = selected.Where(feature => enabled.Contains(feature) && bulkAction is FeaturesBulkAction.Disable or FeaturesBulkAction.Toggle).ToArray();
        await ChangeAsync(toDisable, toEnable, force ?? true);

        return RedirectToAction(nameof(Features));
    }

    /// <summary>Enables a feature and its dependencies.</summary>
    [HttpPost]
    [Admin("Features/{id}/Enable", "FeaturesEnable")]
    public Task<IActionResult> Enable(string id) => ChangeAsync(id, enable: true);

    /// <summary>Disables a feature and the features that depend on it.</summary>
    [HttpPost]
    [Admin("Features/{id}/Disable", "FeaturesDisable")]
    public Task<IActionResult> Disable(string id) => ChangeAsync(id, enable: false);

    private static IEnumerable<string> Texts(IFeatureInfo feature) => [feature.Id, feature.Name, feature.Category, feature.Description];

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, FeaturesPermissionProvider.ManageFeatures);

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

    private async Task ChangeAsync(IReadOnlyList<IFeatureInfo> toDisable, IReadOnlyList<IFeatureInfo> toEnable, bool force)
    {
        var before = (await features.GetEnabledFeaturesAsync()).ToHashSet();
        var (disabled, enabled) = await features.UpdateFeaturesAsync(toDisable, toEnable, force);
        var (disabledFeatures, enabledFeatures) = (disabled.ToHashSet(), enabled.ToHashSet());

        await ReportAsync(
            toDisable.Where(disabledFeatures.Contains),
            name => H["The feature {0} was disabled.", name],
            toDisable.Where(feature => !before.Contains(feature)),
            names => H["Already disabled: {0}.", names],
            toDisable.Where(feature => before.Contains(feature) && !disabledFeatures.Contains(feature)),
            names => H["Not disabled, because other features depend on it: {0}.", names]);
        await ReportAsync(
            toEnable.Where(enabledFeatures.Contains),
            name => H["The feature {0} was enabled.", name],
            toEnable.Where(before.Contains),
            names => H["Already enabled: {0}.", names],
            toEnable.Where(feature => !before.Contains(feature) && !enabledFeatures.Contains(feature)),
            names => H["Not enabled, because this host doesn't have all of its dependencies: {0}.", names]);

        TempData[DisabledAlong] = FeatureNames.List(disabledFeatures.Except(toDisable));
        TempData[EnabledAlong] = FeatureNames.List(enabledFeatures.Except(toEnable));
    }

    /// <summary>Tells what was changed, what didn't need to be, and what couldn't be.</summary>
    private async Task ReportAsync(
        IEnumerable<IFeatureInfo> done,
        Func<string, LocalizedHtmlString> doneText,
        IEnumerable<IFeatureInfo> already,
        Func<string, LocalizedHtmlString> alreadyText,
        IEnumerable<IFeatureInfo> refused,
        Func<string, LocalizedHtmlString> refusedText)
    {
        foreach (var feature in done)
        {
            await notifier.SuccessAsync(doneText(feature.Name));
        }

        if (FeatureNames.List(already) is { Length: > 0 } alreadyNames)
        {
            await notifier.InformationAsync(alreadyText(alreadyNames));
        }

        if (FeatureNames.List(refused) is { Length: > 0 } refusedNames)
        {
            await notifier.ErrorAsync(refusedText(refusedNames));
        }
    }
}
