using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Horilla.Platform.Locking;
using Horilla.Platform.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Platform.Shells;

internal sealed class ShellHost(IShellSettingsManager settingsManager, IRunningShellTable table, ShellContextFactory factory, TenantPaths folders, TimeProvider time) : IShellHost, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ShellSettings> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ShellContext> _contexts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> _generations = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _shellLocks = new(StringComparer.OrdinalIgnoreCase);
    private readonly ShellErrorCache _failures = new(time);
    private readonly SemaphoreSlim _initializationLock = new(1);

    /// <summary>Keeps a refresh from reading older settings than those that are being saved.</summary>
    private readonly SemaphoreSlim _settingsLock = new(1);
    private volatile bool _initialized;

    public async Task InitializeAsync()
    {
        if (_initialized)
        {
            return;
        }

        await _initializationLock.WaitAsync();

        try
        {
            if (_initialized)
            {
                return;
            }

            foreach (var settings in await settingsManager.LoadSettingsAsync())
            {
                await RecoverAsync(settings);
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
            _initializationLock.Release();
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

        var gate = _shellLocks.GetOrAdd(settings.Name, _ => new SemaphoreSlim(1));
        await gate.WaitAsync();

        try
        {
            if (!_contexts.TryGetValue(settings.Name, out var context))
            {
                _failures.ThrowIfRecent(settings.Name);
                context = await BuildAsync(settings.Name);
            }

            return context;
        }
        catch (Exception e) when (e is not ShellUnavailableException)
        {
            throw _failures.Record(settings.Name, e);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Builds a shell from the current settings, not from those of the caller. Builds it again if it is released in the meantime.</summary>
    private async Task<ShellContext> BuildAsync(string tenant)
    {
        while (true)
        {
            var generation = Generation(tenant);
            var context = await factory.CreateAsync(_settings.GetValueOrDefault(tenant) ?? throw new InvalidOperationException($"There is no tenant '{tenant}'."));
            _contexts[tenant] = context;

            if (Generation(tenant) == generation)
            {
                return context;
            }

            await ReleaseAsync(tenant, context);
        }
    }

    public async Task<ShellScope> GetScopeAsync(ShellSettings settings)
    {
        while (true)
        {
            // A shell that was released in the meantime returns no scope. The next one will.
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
        await _settingsLock.WaitAsync();

        try
        {
            settings.VersionId = OrchardCore.IdGenerator.GenerateId();
            await settingsManager.SaveSettingsAsync(settings);
            Register(settings);
        }
        finally
        {
            _settingsLock.Release();
        }

        await ReleaseShellContextAsync(settings);
    }

    /// <summary>Applies the changes that other hosts made in the tenants file.</summary>
    public async Task RefreshAsync()
    {
        await InitializeAsync();
        List<ShellSettings> changed = [];
        await _settingsLock.WaitAsync();

        try
        {
            var stored = (await settingsManager.LoadSettingsAsync()).ToDictionary(settings => settings.Name, StringComparer.OrdinalIgnoreCase);

            if (_settings.TryGetValue(ShellSettings.DefaultShellName, out var main) && main.StoredVersionId is not null && !stored.ContainsKey(main.Name))
            {
                // The default tenant is never removed: the file is missing or was replaced.
                throw new TenantsFileException($"The file '{folders.TenantsFile}' no longer has the default tenant. Restore the file from a backup; the host keeps its tenants until then.", null);
            }

            foreach (var settings in stored.Values.Where(settings => !_settings.TryGetValue(settings.Name, out var known) || known.StoredVersionId != settings.StoredVersionId))
            {
                await RecoverAsync(settings);
                Register(settings);
                changed.Add(settings);
            }

            // A host that went down during a setup no longer changes the file.
            foreach (var abandoned in _settings.Values.Where(settings => settings.IsInitializing()).Except(changed).ToArray())
            {
                await RecoverAsync(abandoned);

                if (!abandoned.IsInitializing())
                {
                    Register(abandoned);
                    changed.Add(abandoned);
                }
            }

            foreach (var gone in _settings.Values.Where(known => known.StoredVersionId is not null && !stored.ContainsKey(known.Name)))
            {
                table.Remove(gone);
                _settings.TryRemove(gone.Name, out _);
                changed.Add(gone);
            }
        }
        finally
        {
            _settingsLock.Release();
        }

        foreach (var settings in changed)
        {
            await ReleaseShellContextAsync(settings);
        }
    }

    public async Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true)
    {
        var stored = await settingsManager.LoadSettingsAsync(settings.Name);

        // A tenant that is no longer in the file isn't a new one.
        if (_settings.TryGetValue(settings.Name, out var known) && known.TenantId == stored.TenantId)
        {
            Register(stored);
        }

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
        _failures.Clear(settings.Name);
        _generations.AddOrUpdate(settings.Name, 1, (_, generation) => generation + 1);

        if (_contexts.TryGetValue(settings.Name, out var context))
        {
            await ReleaseAsync(settings.Name, context);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _contexts.Keys)
        {
            if (_contexts.TryGetValue(name, out var context))
            {
                await ReleaseAsync(name, context);
            }
        }
    }

    /// <summary>Resets a tenant whose setup was interrupted, for example because the host went down, so that it can be set up again. A tenant that another host is setting up is left alone.</summary>
    private async Task RecoverAsync(ShellSettings settings)
    {
        if (!settings.IsInitializing())
        {
            return;
        }

        using var free = await FileLock.TryAcquireAsync(folders.LockFile(TenantSetup.GetLockName(settings.Name)), TimeSpan.Zero, time);

        if (free is not null)
        {
            settings.State = TenantState.Uninitialized;
            settings[TenantSetup.SetupInterrupted] = bool.TrueString;
        }
    }

    private int Generation(string tenant) => _generations.GetValueOrDefault(tenant);

    private async Task ReleaseAsync(string tenant, ShellContext context)
    {
        if (_contexts.TryRemove(KeyValuePair.Create(tenant, context)))
        {
            await context.ReleaseAsync();
        }
    }

    private void Register(ShellSettings settings)
    {
        _settings[settings.Name] = settings;
        table.Add(settings);
    }
}
