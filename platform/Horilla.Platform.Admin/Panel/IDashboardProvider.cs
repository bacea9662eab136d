namespace Horilla.Platform.Admin.Panel;

/// <summary>Adds lines of a feature to the dashboard. Scoped.</summary>
internal interface IDashboardProvider
{
    /// <summary>Adds the lines that the user may see.</summary>
    Task BuildAsync(DashboardBuilder dashboard);
}
