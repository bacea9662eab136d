namespace Horilla.Platform.Shells;

/// <summary>Another host changed the settings of a tenant after they were read. Nothing was saved.</summary>
/// <param name="tenant">The name of the tenant.</param>
internal sealed class TenantChangedException(string tenant) : InvalidOperationException($"Another host changed the tenant '{tenant}' in the meantime. Nothing was saved. Reload the page and try again.");
