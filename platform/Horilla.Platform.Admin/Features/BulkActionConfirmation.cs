using OrchardCore.Environment.Extensions.Features;

namespace Horilla.Platform.Admin.Features;

/// <summary>A bulk action that is to be confirmed.</summary>
/// <param name="Action">Enable or disable.</param>
/// <param name="Features">The selected features.</param>
/// <param name="Affected">The other features that are enabled or disabled along with them.</param>
/// <param name="Unchanged">The selected features that are already enabled or disabled.</param>
public sealed record BulkActionConfirmation(FeaturesBulkAction Action, IReadOnlyList<IFeatureInfo> Features, IReadOnlyList<IFeatureInfo> Affected, IReadOnlyList<IFeatureInfo> Unchanged);
