using OrchardCore.Environment.Extensions.Features;

namespace Horilla.Platform.Admin.Features;

/// <summary>A feature, and what comes or goes along with it.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="IsEnabled">Whether it is enabled.</param>
/// <param name="CanChange">Whether it can be enabled or disabled here.</param>
/// <param name="Dependencies">The names of all that it needs.</param>
/// <param name="Along">The names of what would be enabled, or disabled, with it.</param>
public sealed record FeatureEntry(IFeatureInfo Feature, bool IsEnabled, bool CanChange, IReadOnlyList<string> Dependencies, IReadOnlyList<string> Along);
