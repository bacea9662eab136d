namespace Horilla.Platform.Admin.Features;

/// <summary>The list of features.</summary>
/// <param name="Search">The search text.</param>
/// <param name="Features">The matching features, sorted by category and name.</param>
/// <param name="DisabledAlong">The names of the features that the last change disabled along with those that were selected; empty for none.</param>
/// <param name="EnabledAlong">The names of those that it enabled along.</param>
public sealed record FeaturesViewModel(string Search, IReadOnlyList<FeatureListItem> Features, string DisabledAlong, string EnabledAlong);
