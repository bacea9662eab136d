using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell.Builders.Models;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Platform.Shells;

/// <summary>Builds the container of a tenant: the host's services, the platform's, and those of the enabled features.</summary>
internal sealed class ShellContainerFactory(HostServiceCopier hostServices, HostStartups hostStartups, IServiceProvider host, IExtensionManager extensions, ITypeFeatureProvider types)
{
    public IServiceProvider Create(ShellBlueprint blueprint, IStore store)
    {
        var features = extensions.GetFeatures(blueprint.Descriptor.Features.Select(feature => feature.Id)).ToArray();
        var services = hostServices.CreateTenantServices(host);
        services.AddSingleton(blueprint.Settings);
        services.AddSingleton(blueprint.Settings.ShellConfiguration);
        services.AddSingleton(blueprint.Descriptor);

        // Registered with a factory, so that the container disposes it with the shell.
        services.AddSingleton(_ => store);

        var startupTypes = hostStartups.Types.Concat(StartupTypes(features)).ToArray();
        using var startupServices = Startups(services, startupTypes);
        var startups = hostStartups.Instances
            .Concat(startupTypes.Select(type => (IStartup)startupServices.GetRequiredService(type)))
            .ToArray();

        foreach (var startup in startups.OrderBy(startup => startup.Order))
        {
            startup.ConfigureServices(services);
        }

        foreach (var startup in startups)
        {
            services.AddSingleton(startup);
        }

        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Creates the service provider for startups. They can depend on services of the host and on the settings of the tenant.</summary>
    private static ServiceProvider Startups(IServiceCollection services, Type[] startupTypes)
    {
        var collection = new ServiceCollection();

        foreach (var descriptor in services.Where(descriptor => descriptor.ServiceType != typeof(IStore)))
        {
            ((ICollection<ServiceDescriptor>)collection).Add(descriptor);
        }

        foreach (var type in startupTypes)
        {
            collection.AddSingleton(type);
        }

        return collection.BuildServiceProvider();
    }

    private IEnumerable<Type> StartupTypes(IFeatureInfo[] features)
    {
        var enabled = features.Select(feature => feature.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);

        return features
            .SelectMany(types.GetTypesForFeature)
            .Where(type => type.IsAssignableTo(typeof(IStartup)) && RequireFeaturesAttribute.GetRequiredFeatureNamesForType(type).All(enabled.Contains));
    }
}
