namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Which part of the list is asked for.</summary>
/// <param name="Search">What to look for in user name, host, display name and sender; empty for all.</param>
/// <param name="Sort">The column to sort by.</param>
/// <param name="Descending">Whether the order is reversed.</param>
/// <param name="Skip">How many come before.</param>
/// <param name="Take">How many at most.</param>
public sealed record ConfigurationQuery(string Search, ConfigurationSort Sort, bool Descending, int Skip, int Take);
