using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Horilla.Platform.Locking;
using Horilla.Platform.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Platform.Shells;

internal sealed class ShellHost(IShellSettingsManager settingsManager, IRunningShellTable table, ShellContextFactory factory, TenantFolders folders, TimeProvider time) : IShellHost, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ShellSettings> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ShellContext> _contexts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> _generations = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly ShellFailures _failures = new(time);
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>What is read from the file is not older than what was saved meanwhile.</summary>
    private readonly SemaphoreSlim _storing = new(1);
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
                context = await BuildAsync(settings.Name);
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

    /// <summary>Builds a shell from the settings as they are now, and not from those of who asks; anew, if it is released meanwhile.</summary>
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
        await _storing.WaitAsync();

        try
        {
            settings.VersionId = OrchardCore.IdGenerator.GenerateId();
            await settingsManager.SaveSettingsAsync(settings);
            Register(settings);
        }
        finally
        {
            _storing.Release();
        }

        await ReleaseShellContextAsync(settings);
    }

    /// <summary>Takes over what other hosts have changed in the file of tenants.</summary>
    public async Task RefreshAsync()
    {
        await InitializeAsync();
        List<ShellSettings> changed = [];
        await _storing.WaitAsync();

        try
        {
            var stored = (await settingsManager.LoadSettingsAsync()).ToDictionary(settings => settings.Name, StringComparer.OrdinalIgnoreCase);

            if (_settings.TryGetValue(ShellSettings.DefaultShellName, out var main) && main.StoredVersionId is not null && !stored.ContainsKey(main.Name))
            {
                // Nobody removes the default tenant: the file is gone, or is another one.
                throw new TenantsFileException($"The file '{folders.TenantsFile}' no longer has the default tenant. Restore the file from a backup; the host keeps its tenants until then.", null);
            }

            foreach (var settings in stored.Values.Where(settings => !_settings.TryGetValue(settings.Name, out var known) || known.StoredVersionId != settings.StoredVersionId))
            {
                await RecoverAsync(settings);
                Register(settings);
                changed.Add(settings);
            }

            // A host that went down in a set-up changes the file no more.
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
            _storing.Release();
        }

        foreach (var settings in changed)
        {
            await ReleaseShellContextAsync(settings);
        }
    }

    public async Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true)
    {
        var stored = await settingsManager.LoadSettingsAsync(settings.Name);

        // What the file does not know any more is not a new tenant.
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
        _failures.Forget(settings.Name);
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

    /// <summary>A tenant whose set-up was broken off, as by a host that went down, is to be set up again. One that another host sets up now is left to it.</summary>
    private async Task RecoverAsync(ShellSettings settings)
    {
        if (!settings.IsInitializing())
        {
            return;
        }

        using var free = await FileLock.TryAcquireAsync(folders.LockFile(TenantSetup.LockOf(settings.Name)), TimeSpan.Zero, time);

        if (free is not null)
        {
            settings.State = TenantState.Uninitialized;
            settings[TenantSetup.BrokenOff] = bool.TrueString;
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
