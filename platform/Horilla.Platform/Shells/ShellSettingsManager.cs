using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using OrchardCore;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace Horilla.Platform.Shells;

/// <summary>Keeps the settings of all tenants in the file tenants.json.</summary>
internal sealed class ShellSettingsManager(TenantFolders folders, IConfiguration configuration) : IShellSettingsManager, IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly SemaphoreSlim _gate = new(1);

    public ShellSettings CreateDefaultSettings() => Create(ShellSettings.DefaultShellName);

    public async Task<IEnumerable<ShellSettings>> LoadSettingsAsync()
    {
        await _gate.WaitAsync();

        try
        {
            return [.. (await ReadAsync()).Select(tenant => Load(tenant.Key, tenant.Value))];
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
                ? Load(name, values)
                : Create(tenant);
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task SaveSettingsAsync(ShellSettings settings) => ChangeAsync(tenants =>
    {
        settings["TenantId"] ??= IdGenerator.GenerateId();
        tenants[settings.Name] = new JsonObject(settings.Values
            .Where(value => value.Value is not null)
            .Select(value => KeyValuePair.Create(value.Key, (JsonNode?)JsonValue.Create(value.Value))));
    });

    public Task RemoveSettingsAsync(ShellSettings settings) => ChangeAsync(tenants => tenants.Remove(settings.Name));

    public void Dispose() => _gate.Dispose();

    private async Task ChangeAsync(Action<JsonObject> change)
    {
        await _gate.WaitAsync();

        try
        {
            var tenants = await ReadAsync();
            change(tenants);
            Directory.CreateDirectory(folders.Root);

            // Written beside and moved over, so that a crash leaves the old file or the new one, never half of it.
            var draft = folders.TenantsFile + ".new";
            await File.WriteAllTextAsync(draft, tenants.ToJsonString(Indented) + "\n");
            Close(draft);
            File.Move(draft, folders.TenantsFile, overwrite: true);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>What tenants there are, and how to reach their databases, is the operator's business alone.</summary>
    private static void Close(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task<JsonObject> ReadAsync()
    {
        if (!File.Exists(folders.TenantsFile))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(folders.TenantsFile), documentOptions: Strict) as JsonObject ?? throw Damaged("it is no JSON object", null);
        }
        catch (JsonException e)
        {
            throw Damaged(e.LineNumber is { } line ? $"line {line + 1} is no JSON" : "a tenant or one of its settings is there twice", e);
        }
    }

    private InvalidOperationException Damaged(string reason, Exception? cause)
        => new($"The file '{folders.TenantsFile}' with the settings of the tenants is damaged: {reason}. Mend it or restore it from a backup; it is left as it is.", cause);

    private ShellSettings Load(string name, JsonNode? values)
    {
        var settings = Create(name);

        foreach (var (key, value) in values as JsonObject ?? throw Damaged($"the settings of the tenant '{name}' are no object", null))
        {
            settings[key] = value?.ToString();
        }

        // A state that nobody knows must not pass for a tenant that is still to be set up.
        return settings["State"] is null || Enum.TryParse<TenantState>(settings["State"], ignoreCase: true, out _)
            ? settings
            : throw Damaged($"the tenant '{name}' has the state '{settings["State"]}', which there is not", null);
    }

    private ShellSettings Create(string name) => new(name, TenantConfiguration.Create(configuration, name));
}
