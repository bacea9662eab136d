using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Setup;

[Feature("OrchardCore.Setup")]
public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<ISetupService, SetupService>();

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapAreaControllerRoute("Setup", "OrchardCore.Setup", "", new { controller = "Setup", action = "Index" });
}
