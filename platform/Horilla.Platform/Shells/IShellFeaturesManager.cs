using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Shell;

/// <summary>Reads, enables and disables the features of a tenant. Scoped. A change takes effect with the next shell.</summary>
public interface IShellFeaturesManager
{
    /// <summary>Returns the features that are available to the tenant, enabled or not.</summary>
    Task<IEnumerable<IFeatureInfo>> GetAvailableFeaturesAsync();

    Task<IEnumerable<IFeatureInfo>> GetEnabledFeaturesAsync();

    /// <summary>Returns the features that the host or a manifest keeps enabled.</summary>
    Task<IEnumerable<IFeatureInfo>> GetAlwaysEnabledFeaturesAsync();

    Task<IEnumerable<IFeatureInfo>> GetDisabledFeaturesAsync();

    Task<IEnumerable<IExtensionInfo>> GetEnabledExtensionsAsync();

    /// <summary>
    /// Disables and enables features. With <paramref name="force"/>, features that depend on a disabled one are also disabled,
    /// and dependencies of an enabled one are also enabled. Without it, features that would need this stay as they are.
    /// </summary>
    /// <returns>The disabled features and the enabled features.</returns>
    Task<(IEnumerable<IFeatureInfo>, IEnumerable<IFeatureInfo>)> UpdateFeaturesAsync(IEnumerable<IFeatureInfo> featuresToDisable, IEnumerable<IFeatureInfo> featuresToEnable, bool force);
}
