namespace Horilla.TestHost;

/// <summary>All service registrations of a tenant.</summary>
public sealed record TenantServices(IServiceCollection Registered);
