using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Cache;
using OrchardCore.Modules;

namespace Horilla.Platform.Caching;

/// <summary>Registers the caching services of a tenant.</summary>
internal sealed class CachingStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<ISignal, Signal>();
}
