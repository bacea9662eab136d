using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Home;

[Feature("OrchardCore.HomeRoute")]
public sealed class Startup : StartupBase
{
    public override int ConfigureOrder => -100;

    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<HomeRouteTransformer>();

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapDynamicControllerRoute<HomeRouteTransformer>("/");
}
