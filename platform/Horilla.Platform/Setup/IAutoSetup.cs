namespace Horilla.Platform.Setup;

/// <summary>Sets up a tenant from the configuration, at its first request.</summary>
internal interface IAutoSetup
{
    /// <summary>Sets up a tenant if the configuration says so and it isn't set up yet.</summary>
    /// <returns>Whether the configuration sets up this tenant. If so, nobody else can.</returns>
    Task<bool> EnsureAsync(string tenant, CancellationToken cancellationToken);
}
