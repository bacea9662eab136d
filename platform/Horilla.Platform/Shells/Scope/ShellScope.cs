using Horilla.Platform.Shells;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Modules;

namespace OrchardCore.Environment.Shell.Scope;

/// <summary>
/// A unit of work on a tenant, usually a request. At its end, it runs what was registered: the before-dispose callbacks, one
/// of which saves the session, then the signals, then the deferred tasks, each in its own scope.
/// </summary>
public sealed class ShellScope : IServiceScope, IAsyncDisposable
{
    private static readonly AsyncLocal<Holder?> Flow = new();

    private readonly AsyncServiceScope _services;
    private readonly Dictionary<object, object?> _items = [];
    private readonly List<Func<ShellScope, Task>> _beforeDispose = [];
    private readonly List<Func<ShellScope, Task>> _lastBeforeDispose = [];
    private readonly HashSet<string> _deferredSignals = new(StringComparer.Ordinal);
    private readonly List<Func<ShellScope, Task>> _deferredTasks = [];
    private readonly List<Func<ShellScope, Exception, Task>> _exceptionHandlers = [];
    private ShellScope? _outer;
    private bool _disposed;

    public ShellScope(ShellContext shellContext)
    {
        ShellContext = shellContext;
        _services = shellContext.ServiceProvider.CreateAsyncScope();
    }

    public static ShellScope? Current => Flow.Value?.Scope;

    /// <summary>The services of the current scope.</summary>
    /// <exception cref="InvalidOperationException">There is no current scope.</exception>
    public static IServiceProvider Services => (Current ?? throw NoScope()).ServiceProvider;

    public static ShellContext? Context => Current?.ShellContext;

    public ShellContext ShellContext { get; }

    public IServiceProvider ServiceProvider => _services.ServiceProvider;

    public static void RegisterBeforeDispose(Func<ShellScope, Task> callback, bool last = false)
        => (Current ?? throw NoScope()).AddBeforeDispose(callback, last);

    public static void AddDeferredTask(Func<ShellScope, Task> task) => (Current ?? throw NoScope())._deferredTasks.Add(task);

    /// <summary>Signals at the end of the scope, after its changes are saved.</summary>
    public static void AddDeferredSignal(string key) => (Current ?? throw NoScope())._deferredSignals.Add(key);

    public static void AddExceptionHandler(Func<ShellScope, Exception, Task> handler) => (Current ?? throw NoScope())._exceptionHandlers.Add(handler);

    public static void Set(object key, object? value)
    {
        if (Current is { } scope)
        {
            scope._items[key] = value;
        }
    }

    public static object? Get(object key) => Current?._items.GetValueOrDefault(key);

    public static T? Get<T>(object key) => Get(key) is T value ? value : default;

    /// <summary>Runs a delegate in a new scope of the current tenant, which is saved when it ends.</summary>
    public static async Task UsingChildScopeAsync(Func<ShellScope, Task> execute, bool activateShell = true)
    {
        var context = Context ?? throw NoScope();
        var scope = await context.ServiceProvider.GetRequiredService<IShellHost>().GetScopeAsync(context.Settings);
        await scope.UsingAsync(execute, activateShell);
    }

    /// <summary>Runs a delegate in this scope, and then ends the scope. Its changes are saved, or rolled back after an exception.</summary>
    public async Task UsingAsync(Func<ShellScope, Task> execute, bool activateShell = true)
    {
        await using (this)
        {
            using var logged = TenantLogScope.Begin(ShellContext.ServiceProvider.GetService<ILogger<ShellScope>>(), ShellContext.Settings.Name);
            StartAsyncFlow();

            if (activateShell)
            {
                await ActivateAsync();
            }

            try
            {
                await execute(this);
            }
            catch (Exception e)
            {
                await HandleExceptionAsync(e);
                await BeforeDisposeAsync();

                throw;
            }

            await BeforeDisposeAsync();
        }
    }

    public async Task HandleExceptionAsync(Exception e)
    {
        foreach (var handler in _exceptionHandlers)
        {
            await handler(this, e);
        }
    }

    /// <summary>Makes this the current scope from here on, and in everything that is called.</summary>
    public void StartAsyncFlow()
    {
        // Each flow has its own holder, so that the current scope of the caller doesn't change.
        Flow.Value = new Holder(this);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        try
        {
            await _services.DisposeAsync();

            if (_outer is { } outer)
            {
                outer._deferredTasks.AddRange(_deferredTasks);
            }
            else
            {
                await RunDeferredTasksAsync();
            }
        }
        finally
        {
            await ShellContext.ScopeEndedAsync();
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal void AddBeforeDispose(Func<ShellScope, Task> callback, bool last) => (last ? _lastBeforeDispose : _beforeDispose).Add(callback);

    internal void AddDeferred(Func<ShellScope, Task> task) => _deferredTasks.Add(task);

    internal void AddHandler(Func<ShellScope, Exception, Task> handler) => _exceptionHandlers.Add(handler);

    private static InvalidOperationException NoScope() => new("There is no current tenant scope.");

    private async Task BeforeDisposeAsync()
    {
        // A callback may register another one.
        for (var i = 0; i < _beforeDispose.Count; i++)
        {
            await _beforeDispose[i](this);
        }

        for (var i = 0; i < _lastBeforeDispose.Count; i++)
        {
            await _lastBeforeDispose[i](this);
        }

        foreach (var key in _deferredSignals)
        {
            await ServiceProvider.GetRequiredService<ISignal>().SignalTokenAsync(key);
        }
    }

    private async Task ActivateAsync()
    {
        if (ShellContext.IsActivated)
        {
            return;
        }

        await ShellContext.Gate.WaitAsync();

        try
        {
            if (ShellContext.IsActivated)
            {
                return;
            }

            await RunEventAsync(services => services, handler => handler.ActivatingAsync());
            await RunEventAsync(services => services.Reverse(), handler => handler.ActivatedAsync());
            ShellContext.IsActivated = true;
        }
        finally
        {
            ShellContext.Gate.Release();
        }
    }

    /// <summary>Runs each handler in its own scope, so that the next one sees what it saved.</summary>
    private async Task RunEventAsync(Func<IEnumerable<Type>, IEnumerable<Type>> order, Func<IModularTenantEvents, Task> run)
    {
        var types = ServiceProvider.GetServices<IModularTenantEvents>().Select(handler => handler.GetType()).ToArray();

        foreach (var type in order(types))
        {
            var scope = ShellContext.CreateInnerScope();

            // A deferred task needs an activated shell, so it waits for the end of the scope that activates it.
            scope._outer = this;
            await scope.UsingAsync(
                child => run(child.ServiceProvider.GetServices<IModularTenantEvents>().First(handler => handler.GetType() == type)),
                activateShell: false);
        }
    }

    private async Task RunDeferredTasksAsync()
    {
        if (_deferredTasks.Count == 0)
        {
            return;
        }

        var host = ShellContext.ServiceProvider.GetRequiredService<IShellHost>();
        var logger = ShellContext.ServiceProvider.GetRequiredService<ILogger<ShellScope>>();

        foreach (var task in _deferredTasks)
        {
            try
            {
                var scope = await host.GetScopeAsync(ShellContext.Settings);
                await scope.UsingAsync(task);

                if (host.TryGetSettings(ShellContext.Settings.Name, out var current) && current.IsDisabled())
                {
                    // The tenant was disabled in the meantime: what had started is finished, but no shell is left.
                    await host.ReleaseShellContextAsync(current);
                }
            }
            catch (Exception e)
            {
                // A task that fails doesn't stop the others. Its own scope has rolled back its changes.
                logger.LogError(e, "A deferred task of the tenant '{Tenant}' failed.", ShellContext.Settings.Name);
            }
        }
    }

    private sealed class Holder(ShellScope scope)
    {
        public ShellScope Scope { get; } = scope;
    }
}
