using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Features;

/// <summary>The features that the tenant can enable and disable, and the other features that each change affects.</summary>
[Feature("OrchardCore.Features")]
public sealed class FeatureCatalog(IShellFeaturesManager features, IExtensionManager extensions)
{
    /// <summary>The feature of this page. It and its dependencies can't be disabled, because nobody could enable them again.</summary>
    private const string FeaturesFeatureId = "OrchardCore.Features";

    /// <summary>Returns the features to list, sorted by category and name.</summary>
    public async Task<IReadOnlyList<FeatureListItem>> ListAsync()
    {
        var enabled = (await features.GetEnabledFeaturesAsync()).ToHashSet();
        var locked = await GetLockedFeaturesAsync();

        return
        [
            .. (await features.GetAvailableFeaturesAsync())
                .Where(feature => !feature.EnabledByDependencyOnly)
                .OrderBy(feature => feature.Category, StringComparer.OrdinalIgnoreCase)
                .ThenBy(feature => feature.Name, StringComparer.OrdinalIgnoreCase)
                .Select(feature => new FeatureListItem(
                    feature,
                    enabled.Contains(feature),
                    !locked.Contains(feature),
                    [.. extensions.GetFeatureDependencies(feature.Id).Where(other => other != feature).Select(other => other.Name)],
                    [.. Along([feature], enabled, !enabled.Contains(feature)).Select(other => other.Name)])),
        ];
    }

    /// <summary>Returns the features with these IDs that can be changed. Unknown IDs are ignored.</summary>
    public async Task<IReadOnlyList<IFeatureInfo>> FindAsync(IEnumerable<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var locked = await GetLockedFeaturesAsync();

        return [.. (await features.GetAvailableFeaturesAsync()).Where(feature => wanted.Contains(feature.Id) && !locked.Contains(feature))];
    }

    /// <summary>Returns the other features that would be enabled or disabled along with these.</summary>
    public async Task<IReadOnlyList<IFeatureInfo>> GetAffectedFeaturesAsync(IReadOnlyCollection<IFeatureInfo> changed, bool enable)
        => [.. Along(changed, (await features.GetEnabledFeaturesAsync()).ToHashSet(), enable)];

    private IEnumerable<IFeatureInfo> Along(IReadOnlyCollection<IFeatureInfo> changed, HashSet<IFeatureInfo> enabled, bool enable)
        => changed
            .SelectMany(feature => enable ? extensions.GetFeatureDependencies(feature.Id) : extensions.GetDependentFeatures(feature.Id))
            .Distinct()
            .Where(other => enabled.Contains(other) != enable && !changed.Contains(other));

    private async Task<HashSet<IFeatureInfo>> GetLockedFeaturesAsync()
        => [.. await features.GetAlwaysEnabledFeaturesAsync(), .. extensions.GetFeatureDependencies(FeaturesFeatureId)];
}
