using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

/// <summary>The modules of the host and their features. Thread-safe.</summary>
public interface IExtensionManager
{
    IEnumerable<IExtensionInfo> GetExtensions();

    /// <summary>All features, each after those that it depends on.</summary>
    IEnumerable<IFeatureInfo> GetFeatures();

    /// <summary>These features with all that they depend on, each after those that it depends on.</summary>
    IEnumerable<IFeatureInfo> GetFeatures(IEnumerable<string> featureIdsToLoad);

    /// <summary>A feature and all that it depends on.</summary>
    IEnumerable<IFeatureInfo> GetFeatureDependencies(string featureId);

    /// <summary>A feature and all that depend on it.</summary>
    IEnumerable<IFeatureInfo> GetDependentFeatures(string featureId);
}
