namespace Horilla.Platform.Admin.Features;

/// <summary>The list of features.</summary>
/// <param name="Search">The search text.</param>
/// <param name="Features">The matching features, sorted by category and name.</param>
public sealed record FeaturesViewModel(string Search, IReadOnlyList<FeatureListItem> Features);
