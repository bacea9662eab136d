using Microsoft.Extensions.Hosting;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Hosting;

/// <summary>Loads the tenants before the host accepts requests. A host that can't load its tenants must not start.</summary>
internal sealed class ShellHostInitializer(IShellHost shellHost) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => shellHost.InitializeAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
