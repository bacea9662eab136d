using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Platform.Shells;

/// <summary>What a tenant can change of its own shell.</summary>
internal sealed class ShellsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<EnabledFeatures>();
        services.AddScoped<IShellFeaturesManager, ShellFeaturesManager>();
    }
}
