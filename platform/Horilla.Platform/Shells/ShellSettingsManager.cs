using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Horilla.Platform.Locking;
using Microsoft.Extensions.Configuration;
using OrchardCore;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace Horilla.Platform.Shells;

/// <summary>Stores the settings of all tenants in the file tenants.json.</summary>
internal sealed class ShellSettingsManager(TenantPaths folders, IConfiguration configuration, TimeProvider time) : IShellSettingsManager, IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private const string VersionId = nameof(ShellSettings.VersionId);

    /// <summary>How long to wait for another process to write the file.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1);

    public ShellSettings CreateDefaultSettings() => Create(ShellSettings.DefaultShellName);

    public async Task<IEnumerable<ShellSettings>> LoadSettingsAsync()
    {
        await _gate.WaitAsync();

        try
        {
            var tenants = await ReadAsync();

            if (tenants.GroupBy(tenant => tenant.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw await CreateDamagedExceptionAsync(twice.Last().Key, $"the tenant '{twice.Key}' appears twice");
            }

            var loaded = new List<ShellSettings>();

            foreach (var (name, values) in tenants)
            {
                loaded.Add(await LoadAsync(name, values));
            }

            return loaded;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<ShellSettings> LoadSettingsAsync(string tenant)
    {
        await _gate.WaitAsync();

        try
        {
            return (await ReadAsync()).FirstOrDefault(candidate => string.Equals(candidate.Key, tenant, StringComparison.OrdinalIgnoreCase)) is { Key: { } name, Value: var values }
                ? await LoadAsync(name, values)
                : Create(tenant);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task SaveSettingsAsync(ShellSettings settings)
    {
        await ChangeAsync(tenants => Save(settings, tenants));
        settings.StoredVersionId = settings.Values.GetValueOrDefault(VersionId);
    }

    private static void Save(ShellSettings settings, JsonObject tenants)
    {
        if ((tenants[settings.Name] as JsonObject)?[VersionId]?.ToString() != settings.StoredVersionId)
        {
            throw new TenantChangedException(settings.Name);
        }

        settings["TenantId"] ??= IdGenerator.GenerateId();
        tenants[settings.Name] = new JsonObject(settings.Values
            .Where(value => value.Value is not null)
            .Select(value => KeyValuePair.Create(value.Key, (JsonNode?)JsonValue.Create(value.Value))));
    }

    public Task RemoveSettingsAsync(ShellSettings settings) => ChangeAsync(tenants => tenants.Remove(settings.Name));

    public void Dispose() => _gate.Dispose();

    private async Task ChangeAsync(Action<JsonObject> change)
    {
        await _gate.WaitAsync();

        try
        {
            using var held = await FileLock.TryAcquireAsync(folders.LockFile("tenants-file"), Wait, time)
                ?? throw new IOException($"Another process holds the lock of '{folders.TenantsFile}'. Try again, or check that process.");
            var tenants = await ReadAsync();
            change(tenants);
            Directory.CreateDirectory(folders.Root);

            // Written to a new file and then moved, so that a crash leaves the old file or the new one, never a part of it.
            var draft = folders.TenantsFile + ".new";
            File.Delete(draft);
            await WriteAsync(draft, tenants.ToJsonString(Indented) + "\n");
            File.Move(draft, folders.TenantsFile, overwrite: true);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Flushes the file to disk before it is moved. Only its owner can read it.</summary>
    private static async Task WriteAsync(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        await file.WriteAsync(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private async Task<JsonObject> ReadAsync()
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(folders.TenantsFile), documentOptions: Strict) as JsonObject ?? throw CreateDamagedException("it isn't a JSON object", null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new TenantsFileException($"The tenants file '{folders.TenantsFile}' can't be read: {e.Message} Give the host's account permission to read and write it.", e);
        }
        catch (JsonException e)
        {
            throw CreateDamagedException(e.LineNumber is { } line ? $"line {line + 1} isn't valid JSON" : "a tenant or one of its settings appears twice", e);
        }
    }

    private TenantsFileException CreateDamagedException(string reason, Exception? cause)
        => new($"The tenants file '{folders.TenantsFile}' is damaged: {reason}. Repair it or restore it from a backup. It wasn't changed.", cause);

    private async Task<ShellSettings> LoadAsync(string name, JsonNode? node)
    {
        var values = node as JsonObject ?? throw await CreateDamagedExceptionAsync(name, $"the settings of the tenant '{name}' aren't an object");

        // A tenant with a missing or unknown state must not count as one that isn't set up yet.
        if (values["State"]?.ToString() is not { } state || !Enum.GetNames<TenantState>().Contains(state, StringComparer.OrdinalIgnoreCase))
        {
            throw await CreateDamagedExceptionAsync(name, $"the state of the tenant '{name}' isn't one of {string.Join(", ", Enum.GetNames<TenantState>())}");
        }

        var settings = Create(name);

        foreach (var (key, value) in values)
        {
            settings[key] = value?.ToString();
        }

        settings.StoredVersionId = values[VersionId]?.ToString();

        return settings;
    }

    /// <summary>Returns the exception for a damaged file, with the line of the tenant.</summary>
    private async Task<TenantsFileException> CreateDamagedExceptionAsync(string name, string reason)
    {
        var lines = await File.ReadAllLinesAsync(folders.TenantsFile);
        var line = Array.FindLastIndex(lines, candidate => candidate.Contains($"\"{name}\"", StringComparison.Ordinal)) + 1;

        return CreateDamagedException(line > 0 ? $"line {line}: {reason}" : reason, null);
    }

    private ShellSettings Create(string name) => new(name, ShellConfiguration.Create(configuration, name)) { State = TenantState.Uninitialized };
}
