namespace OrchardCore.HealthChecks;

/// <summary>Where a tenant tells how it is: the section <c>OrchardCore_HealthChecks</c> of its configuration.</summary>
public class HealthChecksOptions
{
    /// <summary>The path below the address of the tenant.</summary>
    public string Url { get; set; } = "/health/live";

    /// <summary>Whether each check is told with its description, and not just the worst state.</summary>
    public bool ShowDetails { get; set; }
}
