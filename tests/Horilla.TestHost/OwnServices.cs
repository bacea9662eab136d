namespace Horilla.TestHost;

/// <summary>What a tenant has registered, for who wants to look at all of it.</summary>
public sealed record OwnServices(IServiceCollection Registered);
