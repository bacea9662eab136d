using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Horilla.Platform.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Platform.Shells;

internal sealed class ShellHost(IShellSettingsManager settingsManager, IRunningShellTable table, ShellContextFactory factory, TimeProvider time) : IShellHost, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ShellSettings> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ShellContext> _contexts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly ShellFailures _failures = new(time);
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
                if (settings.IsInitializing())
                {
                    // The host went down while it was set up.
                    settings.State = TenantState.Uninitialized;
                    settings[TenantSetup.BrokenOff] = bool.TrueString;
                }

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
                _failures.ThrowIfRecent(settings.Name);

                // Who asks may have them from before they were changed.
                context = await factory.CreateAsync(_settings.GetValueOrDefault(settings.Name, settings));
                _contexts[settings.Name] = context;
            }

            return context;
        }
        catch (Exception e) when (e is not ShellUnavailableException)
        {
            throw _failures.Note(settings.Name, e);
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

    public async Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true)
    {
        Register(await settingsManager.LoadSettingsAsync(settings.Name));
        await ReleaseShellContextAsync(settings, eventSource);
    }

    public async Task RemoveShellSettingsAsync(ShellSettings settings)
    {
        await settingsManager.RemoveSettingsAsync(settings);
        table.Remove(settings);
        _settings.TryRemove(settings.Name, out _);
        await ReleaseShellContextAsync(settings);
    }

    public async Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true)
    {
        _failures.Forget(settings.Name);

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
