namespace Horilla.Platform.Admin.Panel;

/// <summary>A line of the dashboard.</summary>
/// <param name="Text">The text.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Count">The number that it's about, or null for none.</param>
public sealed record DashboardLink(string Text, string Href, int? Count = null);
