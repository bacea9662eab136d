using Horilla.Platform.Admin.Panel;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Features;

[Feature("OrchardCore.Features")]
public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<FeatureCatalog>();
        services.AddPermissionProvider<FeaturesPermissionProvider>();
        services.AddNavigationProvider<FeaturesMenu>();
        services.AddScoped<IDashboardProvider, FeaturesDashboard>();
    }
}
