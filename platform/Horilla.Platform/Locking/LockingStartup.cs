using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;

namespace Horilla.Platform.Locking;

/// <summary>Registers the locks of a tenant.</summary>
internal sealed class LockingStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<TenantLock>();
        services.AddSingleton<ILocalLock>(provider => provider.GetRequiredService<TenantLock>());
        services.AddSingleton<IDistributedLock>(provider => provider.GetRequiredService<TenantLock>());
    }
}
