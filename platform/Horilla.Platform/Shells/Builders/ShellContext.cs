using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell.Builders.Models;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;

namespace OrchardCore.Environment.Shell.Builders;

/// <summary>
/// The running form of a tenant: its services and its pipeline. Released, it takes no new scopes, and goes when the last one ends.
/// </summary>
public class ShellContext : IDisposable, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _gate = new(1);

    public ShellSettings Settings { get; set; } = null!;

    public ShellBlueprint Blueprint { get; set; } = null!;

    public IServiceProvider ServiceProvider { get; set; } = null!;

    public IShellPipeline? Pipeline { get; set; }

    public bool IsActivated { get; set; }

    public bool Released { get; private set; }

    public bool IsDisposed { get; private set; }

    public int ActiveScopes { get; private set; }

    /// <summary>Held while the shell is activated or its pipeline is built.</summary>
    internal SemaphoreSlim Gate => _gate;

    /// <summary>A scope on this shell, or null when it is released already.</summary>
    public Task<ShellScope?> CreateScopeAsync()
    {
        lock (_lock)
        {
            if (Released)
            {
                return Task.FromResult<ShellScope?>(null);
            }

            ActiveScopes++;
        }

        return Task.FromResult<ShellScope?>(new ShellScope(this));
    }

    /// <summary>A scope within one that runs, which keeps the shell for as long, released or not.</summary>
    internal ShellScope CreateInnerScope()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            ActiveScopes++;
        }

        return new ShellScope(this);
    }

    public async Task ReleaseAsync()
    {
        lock (_lock)
        {
            if (Released)
            {
                return;
            }

            Released = true;

            if (ActiveScopes > 0)
            {
                return;
            }
        }

        await TerminateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;

            if (ServiceProvider is IAsyncDisposable services)
            {
                await services.DisposeAsync();
            }

            _gate.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            (ServiceProvider as IDisposable)?.Dispose();
            _gate.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    internal async Task ScopeEndedAsync()
    {
        lock (_lock)
        {
            ActiveScopes--;

            if (!Released || ActiveScopes > 0)
            {
                return;
            }
        }

        await TerminateAsync();
    }

    private async Task TerminateAsync()
    {
        try
        {
            if (IsActivated)
            {
                await using var scope = ServiceProvider.CreateAsyncScope();
                var events = scope.ServiceProvider.GetServices<IModularTenantEvents>().ToArray();

                foreach (var handler in events)
                {
                    await handler.TerminatingAsync();
                }

                foreach (var handler in events.Reverse())
                {
                    await handler.TerminatedAsync();
                }
            }
        }
        catch (Exception e)
        {
            // Nobody waits for the end of a shell who could do anything about it, and its services have to go.
            ServiceProvider.GetService<ILogger<ShellContext>>()?.LogError(e, "A handler failed at the end of a shell of the tenant '{Tenant}'.", Settings.Name);
        }
        finally
        {
            await DisposeAsync();
        }
    }
}
