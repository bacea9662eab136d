using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

public interface ITypeFeatureProvider
{
    /// <summary>The feature that a type belongs to.</summary>
    /// <exception cref="InvalidOperationException">The type belongs to no module.</exception>
    IFeatureInfo GetFeatureForDependency(Type dependency);

    IEnumerable<Type> GetTypesForFeature(IFeatureInfo feature);
}
