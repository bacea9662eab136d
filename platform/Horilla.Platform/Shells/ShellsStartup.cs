using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Platform.Shells;

/// <summary>Registers the services that let a tenant change its own shell.</summary>
internal sealed class ShellsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<ShellDescriptorManager>();
        services.AddScoped<IShellFeaturesManager, ShellFeaturesManager>();
    }
}
