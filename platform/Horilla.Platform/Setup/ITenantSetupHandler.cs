namespace Horilla.Platform.Setup;

/// <summary>Runs at the end of a tenant's setup.</summary>
internal interface ITenantSetupHandler
{
    /// <summary>Takes part in the setup of a tenant, within its scope.</summary>
    /// <exception cref="TenantSetupException">The setup can't be completed. The message says why.</exception>
    Task SetupAsync(TenantSetupOptions options);
}
