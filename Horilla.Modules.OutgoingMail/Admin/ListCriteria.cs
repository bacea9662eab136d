using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Which servers the list shows, and in which order.</summary>
/// <param name="Search">The text to find; empty for all.</param>
/// <param name="Type">The technical name of the only type to show, or null for all.</param>
/// <param name="Status">The only status to show, or null for all.</param>
/// <param name="Sort">The column to sort by, or null for the primary first and the others by user name.</param>
/// <param name="IsDescending">Whether the order is reversed.</param>
/// <param name="PrimaryId">The ID of the primary configuration, or null if there is none.</param>
public sealed record ListCriteria(string Search, string? Type, ServerStatus? Status, ListSort? Sort, bool IsDescending, string? PrimaryId);
