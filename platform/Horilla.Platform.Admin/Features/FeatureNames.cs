using OrchardCore.Environment.Extensions.Features;

namespace Horilla.Platform.Admin.Features;

/// <summary>Names features in texts.</summary>
internal static class FeatureNames
{
    /// <summary>Returns the names, sorted and separated by commas.</summary>
    public static string List(IEnumerable<IFeatureInfo> features) => string.Join(", ", features.Select(feature => feature.Name).Order(StringComparer.CurrentCultureIgnoreCase));
}
