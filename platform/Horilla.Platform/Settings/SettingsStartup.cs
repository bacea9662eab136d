using Horilla.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Recipes;
using OrchardCore.Settings;

namespace Horilla.Platform.Settings;

internal sealed class SettingsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<CachedDocument<SiteSettings>>();
        services.AddSingleton<ISiteService, SiteService>();
        services.AddScoped<ILocalClock, LocalClock>();
        services.AddRecipeExecutionStep<SettingsStep>();
    }
}
