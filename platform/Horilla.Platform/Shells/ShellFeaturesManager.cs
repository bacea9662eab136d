using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Descriptor.Models;

namespace Horilla.Platform.Shells;

internal sealed class ShellFeaturesManager(IExtensionManager extensions, ShellDescriptorManager enabled, HostFeatures host, ShellSettings settings) : IShellFeaturesManager
{
    public Task<IEnumerable<IFeatureInfo>> GetAvailableFeaturesAsync()
        => Task.FromResult(extensions.GetFeatures().Where(feature => !feature.DefaultTenantOnly || settings.IsDefaultShell()));

    public async Task<IEnumerable<IFeatureInfo>> GetEnabledFeaturesAsync() => await EnabledAsync();

    public async Task<IEnumerable<IFeatureInfo>> GetAlwaysEnabledFeaturesAsync() => (await EnabledAsync()).Where(IsAlwaysEnabled);

    public async Task<IEnumerable<IFeatureInfo>> GetDisabledFeaturesAsync() => (await GetAvailableFeaturesAsync()).Except(await EnabledAsync());

    public async Task<IEnumerable<IExtensionInfo>> GetEnabledExtensionsAsync() => (await EnabledAsync()).Select(feature => feature.Extension).Distinct();

    public async Task<(IEnumerable<IFeatureInfo>, IEnumerable<IFeatureInfo>)> UpdateFeaturesAsync(IEnumerable<IFeatureInfo> featuresToDisable, IEnumerable<IFeatureInfo> featuresToEnable, bool force)
    {
        var before = await EnabledAsync();
        var available = (await GetAvailableFeaturesAsync()).ToHashSet();
        var disabled = Disabled(featuresToDisable, before, force);
        var left = before.Except(disabled).ToHashSet();
        var added = Enabled(featuresToEnable, left, available, force);

        if (disabled.Count > 0 || added.Count > 0)
        {
            var descriptor = await enabled.LoadAsync();
            descriptor.Features = [.. extensions.GetFeatures().Where(feature => left.Contains(feature) || added.Contains(feature)).Select(feature => new ShellFeature(feature.Id, IsAlwaysEnabled(feature)))];
            await enabled.UpdateAsync(descriptor);
        }

        return (disabled, added);
    }

    /// <summary>Returns the features to disable. Without force, no remaining feature may depend on them.</summary>
    private HashSet<IFeatureInfo> Disabled(IEnumerable<IFeatureInfo> features, IReadOnlyCollection<IFeatureInfo> before, bool force)
    {
        var wanted = features.Where(feature => before.Contains(feature) && !IsAlwaysEnabled(feature)).ToHashSet();
        var gone = new HashSet<IFeatureInfo>();

        foreach (var feature in wanted)
        {
            var dependents = extensions.GetDependentFeatures(feature.Id).Where(before.Contains).ToArray();

            // Features that are always enabled stay, and so do their dependencies.
            if (!dependents.Any(IsAlwaysEnabled) && (force || dependents.All(wanted.Contains)))
            {
                gone.UnionWith(dependents);
            }
        }

        return gone;
    }

    /// <summary>Returns the features to enable. Without force, all their dependencies must be enabled too.</summary>
    private HashSet<IFeatureInfo> Enabled(IEnumerable<IFeatureInfo> features, HashSet<IFeatureInfo> left, HashSet<IFeatureInfo> available, bool force)
    {
        var wanted = features.Where(available.Contains).ToHashSet();
        var added = new HashSet<IFeatureInfo>();

        foreach (var feature in wanted)
        {
            var dependencies = extensions.GetFeatureDependencies(feature.Id).Where(dependency => !left.Contains(dependency)).ToArray();

            if (dependencies.All(available.Contains) && (force || dependencies.All(wanted.Contains)))
            {
                added.UnionWith(dependencies);
            }
        }

        return added;
    }

    private async Task<IReadOnlyCollection<IFeatureInfo>> EnabledAsync()
    {
        var descriptor = await enabled.LoadAsync();

        return [.. extensions.GetFeatures(descriptor.Features.Select(feature => feature.Id).Concat(host.AlwaysEnabled).Concat(extensions.GetFeatures().Where(feature => feature.IsAlwaysEnabled).Select(feature => feature.Id)))];
    }

    private bool IsAlwaysEnabled(IFeatureInfo feature)
        => feature.IsAlwaysEnabled || host.AlwaysEnabled.Contains(feature.Id, StringComparer.OrdinalIgnoreCase);
}
