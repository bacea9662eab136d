using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Horilla.Platform.Shells;

/// <summary>
/// The services of the host, as each tenant's container takes them over: singletons are the host's own instances, which
/// the tenant never disposes; the rest is registered again.
/// </summary>
internal sealed class HostServices(IServiceCollection services)
{
    public ServiceCollection CopyTo(IServiceProvider host)
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

    /// <summary>Routing and hosted services are each tenant's own, or the host's alone.</summary>
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

        // The container disposes what its factories make, but not the instances that it is given.
        return CanBeDisposed(descriptor.ImplementationType)
            ? new ServiceDescriptor(descriptor.ServiceType, Instance(descriptor.ServiceType, number, host))
            : new ServiceDescriptor(descriptor.ServiceType, _ => Instance(descriptor.ServiceType, number, host), ServiceLifetime.Singleton);
    }

    private static bool CanBeDisposed(Type? implementation)
        => implementation is null || implementation.IsAssignableTo(typeof(IDisposable)) || implementation.IsAssignableTo(typeof(IAsyncDisposable));

    private static object Instance(Type serviceType, int number, IServiceProvider host) => host.GetServices(serviceType).ElementAt(number)!;
}
