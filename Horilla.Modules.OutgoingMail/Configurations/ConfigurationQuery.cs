namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>A query for a page of the list.</summary>
/// <param name="Search">The text to find in user name, host, display name and sender; empty for all.</param>
/// <param name="Sort">The column to sort by, or null for the primary first and the others by user name.</param>
/// <param name="Descending">Whether the order is reversed.</param>
/// <param name="PrimaryId">The ID of the primary configuration, or null if there is none.</param>
/// <param name="Skip">The number of rows to skip.</param>
/// <param name="Take">The maximum number of rows.</param>
public sealed record ConfigurationQuery(string Search, ConfigurationSort? Sort, bool Descending, string? PrimaryId, int Skip, int Take);
