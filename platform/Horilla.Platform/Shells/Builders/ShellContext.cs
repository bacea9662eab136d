using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell.Builders.Models;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;

namespace OrchardCore.Environment.Shell.Builders;

/// <summary>
/// The running instance of a tenant: its services and its pipeline. Once released, it accepts no new scopes and is disposed when the last one ends.
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

    /// <summary>Creates a scope on this shell, or returns null if the shell is already released.</summary>
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

    /// <summary>Creates a scope within a running one, which keeps the shell alive even if it is released.</summary>
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
            // No caller could handle this, and the services must still be disposed.
            ServiceProvider.GetService<ILogger<ShellContext>>()?.LogError(e, "A handler failed when a shell of the tenant '{Tenant}' ended.", Settings.Name);
        }
        finally
        {
            await DisposeAsync();
        }
    }
}
