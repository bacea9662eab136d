using Horilla.Platform.Admin.Panel;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Tenants;

[Feature("OrchardCore.Tenants")]
public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<TenantFormValidator>();
        services.AddScoped<TenantFormMapper>();
        services.AddScoped<TenantRemover>();
        services.AddScoped<TenantChangeRunner>();
        services.AddScoped<ITenantManager, TenantManager>();
        services.AddPermissionProvider<TenantsPermissionProvider>();
        services.AddNavigationProvider<TenantsMenu>();
        services.AddScoped<IDashboardProvider, TenantsDashboard>();
    }
}
