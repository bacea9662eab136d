using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Features;

/// <summary>What the tenant may enable and disable, and what that takes along.</summary>
[Feature("OrchardCore.Features")]
public sealed class FeatureCatalog(IShellFeaturesManager features, IExtensionManager extensions)
{
    /// <summary>The page itself, and what it stands on: disabled, nobody could enable them again.</summary>
    private const string Own = "OrchardCore.Features";

    /// <summary>All features of this page, by category and name.</summary>
    public async Task<IReadOnlyList<FeatureEntry>> ListAsync()
    {
        var enabled = (await features.GetEnabledFeaturesAsync()).ToHashSet();
        var fixedOnes = await FixedAsync();

        return
        [
            .. (await features.GetAvailableFeaturesAsync())
                .Where(feature => !feature.EnabledByDependencyOnly)
                .OrderBy(feature => feature.Category, StringComparer.OrdinalIgnoreCase)
                .ThenBy(feature => feature.Name, StringComparer.OrdinalIgnoreCase)
                .Select(feature => new FeatureEntry(
                    feature,
                    enabled.Contains(feature),
                    !fixedOnes.Contains(feature),
                    [.. extensions.GetFeatureDependencies(feature.Id).Where(other => other != feature).Select(other => other.Name)],
                    [.. Along([feature], enabled, !enabled.Contains(feature)).Select(other => other.Name)])),
        ];
    }

    /// <summary>The features of these ids that can be changed; unknown ones are left out.</summary>
    public async Task<IReadOnlyList<IFeatureInfo>> FindAsync(IEnumerable<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fixedOnes = await FixedAsync();

        return [.. (await features.GetAvailableFeaturesAsync()).Where(feature => wanted.Contains(feature.Id) && !fixedOnes.Contains(feature))];
    }

    /// <summary>What would be enabled, or disabled, along with these.</summary>
    public async Task<IReadOnlyList<IFeatureInfo>> AlongAsync(IReadOnlyCollection<IFeatureInfo> changed, bool enable)
        => [.. Along(changed, (await features.GetEnabledFeaturesAsync()).ToHashSet(), enable)];

    private IEnumerable<IFeatureInfo> Along(IReadOnlyCollection<IFeatureInfo> changed, HashSet<IFeatureInfo> enabled, bool enable)
        => changed
            .SelectMany(feature => enable ? extensions.GetFeatureDependencies(feature.Id) : extensions.GetDependentFeatures(feature.Id))
            .Distinct()
            .Where(other => enabled.Contains(other) != enable && !changed.Contains(other));

    private async Task<HashSet<IFeatureInfo>> FixedAsync()
        => [.. await features.GetAlwaysEnabledFeaturesAsync(), .. extensions.GetFeatureDependencies(Own)];
}
