namespace Horilla.Platform.Shells;

/// <summary>The settings of a tenant were changed by another host since they were read here. Nothing was saved.</summary>
/// <param name="tenant">The tenant.</param>
internal sealed class TenantChangedException(string tenant) : InvalidOperationException($"The tenant '{tenant}' was changed by another host meanwhile. Nothing was saved: reload the page, and try again.");
