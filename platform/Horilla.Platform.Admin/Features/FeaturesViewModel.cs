namespace Horilla.Platform.Admin.Features;

/// <summary>The page of features.</summary>
/// <param name="Search">What was looked for.</param>
/// <param name="Features">What was found, by category and name.</param>
public sealed record FeaturesViewModel(string Search, IReadOnlyList<FeatureEntry> Features);
