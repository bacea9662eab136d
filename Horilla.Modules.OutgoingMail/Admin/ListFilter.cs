namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>A choice that restricts the list.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Count">The number of servers that it would show.</param>
/// <param name="Options">The options of the list with this choice.</param>
/// <param name="IsActive">Whether it's in effect.</param>
public sealed record ListFilter(string Label, int Count, ListOptions Options, bool IsActive);
