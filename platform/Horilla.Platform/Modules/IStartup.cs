using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OrchardCore.Modules;

/// <summary>Adds the services and the middleware of a feature to a tenant that has it enabled.</summary>
public interface IStartup
{
    /// <summary>The order in which startups configure services. Startups with the same order run in the order of their features, dependencies first.</summary>
    int Order { get; }

    int ConfigureOrder { get; }

    void ConfigureServices(IServiceCollection services);

    void Configure(IApplicationBuilder builder, IEndpointRouteBuilder routes, IServiceProvider serviceProvider);
}
