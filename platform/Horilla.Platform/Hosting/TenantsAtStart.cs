using Microsoft.Extensions.Hosting;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Hosting;

/// <summary>Reads which tenants there are before the host takes requests: a host that does not know its tenants must not start.</summary>
internal sealed class TenantsAtStart(IShellHost shellHost) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => shellHost.InitializeAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
