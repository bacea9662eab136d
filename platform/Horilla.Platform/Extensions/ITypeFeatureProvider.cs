using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

public interface ITypeFeatureProvider
{
    /// <summary>Returns the feature that a type belongs to.</summary>
    /// <exception cref="InvalidOperationException">The type doesn't belong to a module.</exception>
    IFeatureInfo GetFeatureForDependency(Type dependency);

    IEnumerable<Type> GetTypesForFeature(IFeatureInfo feature);
}
