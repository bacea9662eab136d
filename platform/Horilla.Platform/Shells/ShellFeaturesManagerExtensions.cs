using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Shell;

public static class ShellFeaturesManagerExtensions
{
    /// <inheritdoc cref="EnableFeaturesAsync(IShellFeaturesManager, IEnumerable{IFeatureInfo}, bool)"/>
    public static Task<IEnumerable<IFeatureInfo>> EnableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features)
        => shellFeaturesManager.EnableFeaturesAsync(features, force: false);

    /// <summary>Enables features. With <paramref name="force"/>, also enables their dependencies.</summary>
    public static async Task<IEnumerable<IFeatureInfo>> EnableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features, bool force)
        => (await shellFeaturesManager.UpdateFeaturesAsync([], features, force)).Item2;

    /// <inheritdoc cref="DisableFeaturesAsync(IShellFeaturesManager, IEnumerable{IFeatureInfo}, bool)"/>
    public static Task<IEnumerable<IFeatureInfo>> DisableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features)
        => shellFeaturesManager.DisableFeaturesAsync(features, force: false);

    /// <summary>Disables features. With <paramref name="force"/>, also disables the features that depend on them.</summary>
    public static async Task<IEnumerable<IFeatureInfo>> DisableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features, bool force)
        => (await shellFeaturesManager.UpdateFeaturesAsync(features, [], force)).Item1;

    public static async Task<bool> IsFeatureEnabledAsync(this IShellFeaturesManager shellFeaturesManager, string featureId)
        => (await shellFeaturesManager.GetEnabledFeaturesAsync()).Any(feature => string.Equals(feature.Id, featureId, StringComparison.OrdinalIgnoreCase));
}
