namespace Horilla.Platform.Setup;

/// <summary>What a feature does at the end of a tenant's set-up.</summary>
internal interface ITenantSetupHandler
{
    /// <exception cref="TenantSetupException">It cannot be done; the text says why.</exception>
    Task SetupAsync(TenantSetupOptions options);
}
