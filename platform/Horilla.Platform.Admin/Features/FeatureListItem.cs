using OrchardCore.Environment.Extensions.Features;

namespace Horilla.Platform.Admin.Features;

/// <summary>A feature in the list, with the other features that a change of it affects.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="IsEnabled">Whether it is enabled.</param>
/// <param name="CanChange">Whether it can be enabled or disabled here.</param>
/// <param name="Dependencies">The names of all its dependencies.</param>
/// <param name="Affected">The names of the other features that would be enabled or disabled with it.</param>
public sealed record FeatureListItem(IFeatureInfo Feature, bool IsEnabled, bool CanChange, IReadOnlyList<string> Dependencies, IReadOnlyList<string> Affected);
