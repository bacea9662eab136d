using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Cache;
using OrchardCore.Modules;

namespace Horilla.Platform.Caching;

/// <summary>What a tenant needs to keep things in memory.</summary>
internal sealed class CachingStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<ISignal, Signal>();
}
