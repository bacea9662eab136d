namespace OrchardCore.Modules;

/// <summary>What a feature does when a tenant's shell is first used, and when it goes.</summary>
public interface IModularTenantEvents
{
    /// <summary>Before the first request, each handler in a scope of its own.</summary>
    Task ActivatingAsync();

    Task ActivatedAsync();

    Task TerminatingAsync();

    Task TerminatedAsync();
}
