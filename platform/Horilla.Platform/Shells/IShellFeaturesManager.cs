using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Shell;

/// <summary>Reads, enables and disables the features of a tenant. Scoped. A change is there with the next shell.</summary>
public interface IShellFeaturesManager
{
    /// <summary>What the tenant may enable.</summary>
    Task<IEnumerable<IFeatureInfo>> GetAvailableFeaturesAsync();

    Task<IEnumerable<IFeatureInfo>> GetEnabledFeaturesAsync();

    /// <summary>What the host or a manifest keeps enabled.</summary>
    Task<IEnumerable<IFeatureInfo>> GetAlwaysEnabledFeaturesAsync();

    Task<IEnumerable<IFeatureInfo>> GetDisabledFeaturesAsync();

    Task<IEnumerable<IExtensionInfo>> GetEnabledExtensionsAsync();

    /// <summary>Disables and enables. With <paramref name="force"/>, what depends on the ones and what the others depend on comes along; without, those that need it stay as they are.</summary>
    /// <returns>What was disabled, and what was enabled.</returns>
    Task<(IEnumerable<IFeatureInfo>, IEnumerable<IFeatureInfo>)> UpdateFeaturesAsync(IEnumerable<IFeatureInfo> featuresToDisable, IEnumerable<IFeatureInfo> featuresToEnable, bool force);
}
