using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Horilla.Platform.Shells;

/// <summary>
/// Copies the services of the host to the container of a tenant. Singletons are the host's own instances, which the tenant
/// never disposes. All other services are registered again.
/// </summary>
internal sealed class HostServiceCopier(IServiceCollection services)
{
    public ServiceCollection CreateTenantServices(IServiceProvider host)
    {
        var copy = new ServiceCollection();

        foreach (var group in services.Where(IsShared).GroupBy(descriptor => (descriptor.ServiceType, descriptor.ServiceKey)))
        {
            var number = 0;

            foreach (var descriptor in group)
            {
                ((ICollection<ServiceDescriptor>)copy).Add(Copy(descriptor, number++, host));
            }
        }

        return copy;
    }

    /// <summary>Whether tenants get the service. Each tenant has its own routing; startup filters and hosted services belong only to the host.</summary>
    private static bool IsShared(ServiceDescriptor descriptor)
        => descriptor.ServiceType != typeof(IStartupFilter)
            && descriptor.ServiceType != typeof(IHostedService)
            && descriptor.ServiceType.Namespace?.StartsWith(typeof(RouteOptions).Namespace!, StringComparison.Ordinal) != true
            && descriptor.ServiceType != typeof(IConfigureOptions<RouteOptions>);

    private static ServiceDescriptor Copy(ServiceDescriptor descriptor, int number, IServiceProvider host)
    {
        if (descriptor.Lifetime != ServiceLifetime.Singleton || descriptor.ServiceType.IsGenericTypeDefinition || descriptor.IsKeyedService || descriptor.ImplementationInstance is not null)
        {
            return descriptor;
        }

        // A container disposes what its factories create, but not the instances that it is given.
        return CanBeDisposed(descriptor.ImplementationType)
            ? new ServiceDescriptor(descriptor.ServiceType, Instance(descriptor.ServiceType, number, host))
            : new ServiceDescriptor(descriptor.ServiceType, _ => Instance(descriptor.ServiceType, number, host), ServiceLifetime.Singleton);
    }

    private static bool CanBeDisposed(Type? implementation)
        => implementation is null || implementation.IsAssignableTo(typeof(IDisposable)) || implementation.IsAssignableTo(typeof(IAsyncDisposable));

    private static object Instance(Type serviceType, int number, IServiceProvider host) => host.GetServices(serviceType).ElementAt(number)!;
}
