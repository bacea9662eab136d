namespace OrchardCore.HealthChecks;

/// <summary>The health endpoint of a tenant, bound to the section <c>OrchardCore_HealthChecks</c> of its configuration.</summary>
public class HealthChecksOptions
{
    /// <summary>The path of the endpoint, relative to the tenant's URL.</summary>
    public string Url { get; set; } = "/health/live";

    /// <summary>Whether the response lists each check with its description, instead of only the worst status.</summary>
    public bool ShowDetails { get; set; }
}
