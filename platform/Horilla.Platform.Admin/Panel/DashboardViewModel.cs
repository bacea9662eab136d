namespace Horilla.Platform.Admin.Panel;

/// <summary>The dashboard.</summary>
/// <param name="Attention">What needs attention; empty if nothing does.</param>
/// <param name="Working">What was checked and works.</param>
/// <param name="Counts">What the site has.</param>
/// <param name="NextSteps">What to do on a new site; empty when it's done.</param>
public sealed record DashboardViewModel(IReadOnlyList<DashboardLink> Attention, IReadOnlyList<DashboardLink> Working, IReadOnlyList<DashboardLink> Counts, IReadOnlyList<DashboardLink> NextSteps);
