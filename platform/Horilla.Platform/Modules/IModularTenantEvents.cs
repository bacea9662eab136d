namespace OrchardCore.Modules;

/// <summary>Handles the first use and the end of a tenant's shell.</summary>
public interface IModularTenantEvents
{
    /// <summary>Runs before the first request, each handler in its own scope.</summary>
    Task ActivatingAsync();

    Task ActivatedAsync();

    Task TerminatingAsync();

    Task TerminatedAsync();
}
