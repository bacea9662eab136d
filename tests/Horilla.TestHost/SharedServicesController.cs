using Microsoft.AspNetCore.Mvc;
using OrchardCore.Environment.Shell;

namespace Horilla.TestHost;

/// <summary>Lists the singletons of this tenant that are the same instance in another tenant.</summary>
public sealed class SharedServicesController(IShellHost shellHost, IServiceProvider services, TenantServices own) : Controller
{
    public async Task<IActionResult> Index(string tenant)
    {
        if (!shellHost.TryGetSettings(tenant, out var settings))
        {
            return NotFound();
        }

        var scope = await shellHost.GetScopeAsync(settings);
        var shared = new SortedSet<string>(StringComparer.Ordinal);
        var looked = 0;
        await scope.UsingAsync(other =>
        {
            foreach (var type in own.Registered.Where(descriptor => descriptor is { Lifetime: ServiceLifetime.Singleton, IsKeyedService: false } && !descriptor.ServiceType.IsGenericTypeDefinition).Select(descriptor => descriptor.ServiceType).Distinct())
            {
                var theirs = other.ServiceProvider.GetServices(type).OfType<object>().ToHashSet(ReferenceEqualityComparer.Instance);
                looked += theirs.Count;

                foreach (var instance in services.GetServices(type).OfType<object>().Where(theirs.Contains))
                {
                    shared.Add(instance.GetType().FullName!);
                }
            }

            return Task.CompletedTask;
        });

        return Content($"{looked}\n{string.Join('\n', shared)}");
    }
}
