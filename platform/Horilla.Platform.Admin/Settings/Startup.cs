using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Settings;

[Feature("OrchardCore.Settings")]
public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddPermissionProvider<SettingsPermissionProvider>();
        services.AddNavigationProvider<SettingsMenu>();
    }
}
