namespace Horilla.Platform.Admin.Tenants;

/// <summary>The confirmation page for disabling a tenant.</summary>
/// <param name="Name">The name of the tenant.</param>
/// <param name="Urls">Its addresses, which are offline while it's disabled.</param>
public sealed record DisableTenantViewModel(string Name, IReadOnlyList<string> Urls);
