using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>A page of the list.</summary>
/// <param name="Items">The configurations on the page.</param>
/// <param name="Total">The number of matches on all pages.</param>
public sealed record ListPage(IReadOnlyList<OutgoingMailConfiguration> Items, int Total);
