using Horilla.Platform.Shells;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Modules;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds services and middleware to every tenant of the host.</summary>
public class OrchardCoreBuilder
{
    private readonly HostStartups _startups;
    private readonly HostFeatures _features;

    internal OrchardCoreBuilder(IServiceCollection services, HostStartups startups, HostFeatures features)
    {
        ApplicationServices = services;
        _startups = startups;
        _features = features;
    }

    /// <summary>The services of the host itself.</summary>
    public IServiceCollection ApplicationServices { get; }

    internal HostFeatures Features => _features;

    public OrchardCoreBuilder RegisterStartup<T>()
        where T : class, IStartup
    {
        _startups.Types.Add(typeof(T));

        return this;
    }

    public OrchardCoreBuilder ConfigureServices(Action<IServiceCollection> configure, int order = 0)
    {
        _startups.Instances.Add(new ActionStartup(order, configure, null));

        return this;
    }

    public OrchardCoreBuilder Configure(Action<IApplicationBuilder, IEndpointRouteBuilder, IServiceProvider> configure, int order = 0)
    {
        _startups.Instances.Add(new ActionStartup(order, null, configure));

        return this;
    }

    public OrchardCoreBuilder EnableFeature(string id)
    {
        _features.AlwaysEnabled.Add(id);

        return this;
    }

    private sealed class ActionStartup(int order, Action<IServiceCollection>? services, Action<IApplicationBuilder, IEndpointRouteBuilder, IServiceProvider>? configure) : StartupBase
    {
        public override int Order => order;

        public override void ConfigureServices(IServiceCollection collection) => services?.Invoke(collection);

        public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
            => configure?.Invoke(app, routes, serviceProvider);
    }
}
