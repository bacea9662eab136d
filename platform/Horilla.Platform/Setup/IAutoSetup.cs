namespace Horilla.Platform.Setup;

/// <summary>Sets a tenant up by configuration, at its first request.</summary>
internal interface IAutoSetup
{
    /// <returns>Whether the configuration sets this tenant up: then nobody else does.</returns>
    Task<bool> EnsureAsync(string tenant, CancellationToken cancellationToken);
}
