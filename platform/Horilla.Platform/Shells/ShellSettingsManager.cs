using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using OrchardCore;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

/// <summary>Keeps the settings of all tenants in the file tenants.json.</summary>
internal sealed class ShellSettingsManager(TenantFolders folders, IConfiguration configuration) : IShellSettingsManager, IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly SemaphoreSlim _gate = new(1);

    public ShellSettings CreateDefaultSettings() => Create(ShellSettings.DefaultShellName);

    public async Task<IEnumerable<ShellSettings>> LoadSettingsAsync()
    {
        await _gate.WaitAsync();

        try
        {
            return [.. (await ReadAsync()).Select(tenant => Load(tenant.Key, tenant.Value as JsonObject ?? throw Damaged("the tenant's settings are no object", null)))];
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
            File.Move(draft, folders.TenantsFile, overwrite: true);
        }
        finally
        {
            _gate.Release();
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
            return JsonNode.Parse(await File.ReadAllTextAsync(folders.TenantsFile)) as JsonObject ?? throw Damaged("it is no JSON object", null);
        }
        catch (JsonException e)
        {
            throw Damaged($"line {e.LineNumber + 1} is no JSON", e);
        }
    }

    private InvalidOperationException Damaged(string reason, Exception? cause)
        => new($"The file '{folders.TenantsFile}' with the settings of the tenants is damaged: {reason}. Mend it or restore it from a backup; it is left as it is.", cause);

    private ShellSettings Load(string name, JsonObject values)
    {
        var settings = Create(name);

        foreach (var (key, value) in values)
        {
            settings[key] = value?.ToString();
        }

        return settings;
    }

    private ShellSettings Create(string name) => new(name, TenantConfiguration.Create(configuration, name));
}
