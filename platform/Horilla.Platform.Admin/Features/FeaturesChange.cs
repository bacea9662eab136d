using OrchardCore.Environment.Extensions.Features;

namespace Horilla.Platform.Admin.Features;

/// <summary>A change of several features, before it happens.</summary>
/// <param name="Action">Enable or disable.</param>
/// <param name="Features">What was asked for.</param>
/// <param name="Along">What comes or goes along.</param>
public sealed record FeaturesChange(FeaturesBulkAction Action, IReadOnlyList<IFeatureInfo> Features, IReadOnlyList<IFeatureInfo> Along);
