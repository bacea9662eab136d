using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Navigation;

internal sealed class NavigationStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<INavigationManager, NavigationManager>();
        services.AddSingleton<IConfigureOptions<PagerOptions>, PagerOptionsSetup>();
    }
}
