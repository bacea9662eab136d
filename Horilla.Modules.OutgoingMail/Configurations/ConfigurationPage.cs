namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>A page of the list.</summary>
/// <param name="Items">The configurations of the page.</param>
/// <param name="Total">How many were found on all pages.</param>
public sealed record ConfigurationPage(IReadOnlyList<OutgoingMailConfiguration> Items, int Total);
