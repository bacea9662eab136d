using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Platform.Shells;

internal sealed class ShellHost(IShellSettingsManager settingsManager, IRunningShellTable table, ShellContextFactory factory) : IShellHost, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ShellSettings> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ShellContext> _contexts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _initialized;

    public async Task InitializeAsync()
    {
        if (_initialized)
        {
            return;
        }

        await _gate.WaitAsync();

        try
        {
            if (_initialized)
            {
                return;
            }

            foreach (var settings in await settingsManager.LoadSettingsAsync())
            {
                Register(settings);
            }

            if (!_settings.ContainsKey(ShellSettings.DefaultShellName))
            {
                Register(settingsManager.CreateDefaultSettings());
            }

            _initialized = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public IEnumerable<ShellSettings> GetAllSettings() => [.. _settings.Values];

    public IEnumerable<ShellContext> ListShellContexts() => [.. _contexts.Values];

    public bool TryGetSettings(string name, [NotNullWhen(true)] out ShellSettings? settings) => _settings.TryGetValue(name, out settings);

    public async Task<ShellContext> GetOrCreateShellContextAsync(ShellSettings settings)
    {
        if (_contexts.TryGetValue(settings.Name, out var running))
        {
            return running;
        }

        var gate = _gates.GetOrAdd(settings.Name, _ => new SemaphoreSlim(1));
        await gate.WaitAsync();

        try
        {
            if (!_contexts.TryGetValue(settings.Name, out var context))
            {
                context = await factory.CreateAsync(settings);
                _contexts[settings.Name] = context;
            }

            return context;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<ShellScope> GetScopeAsync(ShellSettings settings)
    {
        while (true)
        {
            // A shell that was released since it was found gives no scope: the next one will.
            var context = await GetOrCreateShellContextAsync(settings);

            if (await context.CreateScopeAsync() is { } scope)
            {
                return scope;
            }

            _contexts.TryRemove(KeyValuePair.Create(settings.Name, context));
        }
    }

    public async Task UpdateShellSettingsAsync(ShellSettings settings)
    {
        settings.VersionId = OrchardCore.IdGenerator.GenerateId();
        await settingsManager.SaveSettingsAsync(settings);
        Register(settings);
        await ReleaseShellContextAsync(settings);
    }

    public async Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true)
    {
        if (_contexts.TryRemove(settings.Name, out var context))
        {
            await context.ReleaseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _contexts.Keys)
        {
            if (_contexts.TryRemove(name, out var context))
            {
                await context.ReleaseAsync();
            }
        }
    }

    private void Register(ShellSettings settings)
    {
        _settings[settings.Name] = settings;
        table.Add(settings);
    }
}
