using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

/// <summary>The modules of the host and their features. Thread-safe.</summary>
public interface IExtensionManager
{
    IEnumerable<IExtensionInfo> GetExtensions();

    /// <summary>Returns all features, dependencies first.</summary>
    IEnumerable<IFeatureInfo> GetFeatures();

    /// <summary>Returns these features and all their dependencies, dependencies first.</summary>
    IEnumerable<IFeatureInfo> GetFeatures(IEnumerable<string> featureIdsToLoad);

    /// <summary>Returns a feature and all its dependencies.</summary>
    IEnumerable<IFeatureInfo> GetFeatureDependencies(string featureId);

    /// <summary>Returns a feature and all features that depend on it.</summary>
    IEnumerable<IFeatureInfo> GetDependentFeatures(string featureId);
}
