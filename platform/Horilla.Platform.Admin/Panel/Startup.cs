using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Panel;

[Feature("OrchardCore.Admin")]
public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddPermissionProvider<PanelPermissionProvider>();
        services.AddNavigationProvider<AdminMenuRoot>();
        services.AddHealthChecks();
        services.AddScoped<IDashboardProvider, HealthDashboard>();
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapAreaControllerRoute(
            "Admin",
            "OrchardCore.Admin",
            serviceProvider.GetRequiredService<IOptions<AdminOptions>>().Value.AdminUrlPrefix,
            new { controller = "Admin", action = "Index" });
}
