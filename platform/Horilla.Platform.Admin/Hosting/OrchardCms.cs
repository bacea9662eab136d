namespace Microsoft.Extensions.DependencyInjection;

public static class OrchardCms
{
    /// <summary>Makes the application a multi-tenant host with an admin panel.</summary>
    public static OrchardCoreBuilder AddOrchardCms(this IServiceCollection services) => services.AddOrchardCore().AddSetupFeatures("OrchardCore.Setup");

    /// <inheritdoc cref="AddOrchardCms(IServiceCollection)"/>
    public static IServiceCollection AddOrchardCms(this IServiceCollection services, Action<OrchardCoreBuilder> configure)
    {
        configure(services.AddOrchardCms());

        return services;
    }
}
