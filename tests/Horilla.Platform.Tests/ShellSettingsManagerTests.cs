using Horilla.Platform.Shells;
using Horilla.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class ShellSettingsManagerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ShellSettingsManager _manager;

    public ShellSettingsManagerTests()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["OrchardCore:Limit"] = "all", ["OrchardCore:Default:Limit"] = "own" })
            .Build();
        var options = Options.Create(new ShellOptions { ShellsApplicationDataPath = _folder.Path, ShellsContainerName = "Sites" });
        _manager = new ShellSettingsManager(new TenantPaths(options), configuration, TimeProvider.System);
    }

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Saved_settings_are_loaded()
    {
        var settings = _manager.CreateDefaultSettings();
        settings.State = TenantState.Running;
        settings.RequestUrlPrefix = "shop";
        settings["DatabaseProvider"] = "Sqlite";
        await _manager.SaveSettingsAsync(settings);
        var loaded = Assert.Single(await _manager.LoadSettingsAsync());

        Assert.Equal("Default", loaded.Name);
        Assert.True(loaded.IsRunning());
        Assert.Equal("shop", loaded.RequestUrlPrefix);
        Assert.Equal("Sqlite", loaded["DatabaseProvider"]);
        Assert.Equal(26, loaded.TenantId?.Length);
    }

    [Fact]
    public async Task Removed_settings_are_no_longer_loaded()
    {
        var settings = _manager.CreateDefaultSettings();
        await _manager.SaveSettingsAsync(settings);
        await _manager.RemoveSettingsAsync(settings);

        Assert.Empty(await _manager.LoadSettingsAsync());
    }

    [Fact]
    public void Tenant_configuration_overrides_shared_configuration()
        => Assert.Equal("own", _manager.CreateDefaultSettings().ShellConfiguration["Limit"]);

    [Theory]
    [InlineData("{\n  \"Default\": {\n    broken", "line 3 isn't valid JSON")]
    [InlineData("[]", "it isn't a JSON object")]
    [InlineData("{ \"Default\": 5 }", "line 1: the settings of the tenant 'Default' aren't an object")]
    [InlineData("{ \"Default\": { \"State\": \"Runing\", \"Number\": 5 } }", "line 1: the state of the tenant 'Default' isn't one of")]
    [InlineData("{\n  \"Default\": { \"Number\": \"5\" }\n}", "line 2: the state of the tenant 'Default' isn't one of")]
    [InlineData("{\n  \"Default\": { \"State\": \"5\" }\n}", "line 2: the state of the tenant 'Default' isn't one of")]
    [InlineData("{\n  \"acme\": { \"State\": \"Disabled5\" },\n  \"Acme\": {}\n}", "line 3: the tenant 'acme' appears twice")]
    [InlineData("{\n  \"Default\": {},\n  \"Default\": {}\n}", "a tenant or one of its settings appears twice")]
    public async Task A_damaged_file_is_reported_by_name_and_never_overwritten(string content, string reason)
    {
        var file = _folder.PathOf("tenants.json");
        await File.WriteAllTextAsync(file, content);
        var e = await Assert.ThrowsAsync<TenantsFileException>(() => _manager.LoadSettingsAsync());

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);

        if (!content.Contains('5', StringComparison.Ordinal))
        {
            await Assert.ThrowsAsync<TenantsFileException>(() => _manager.SaveSettingsAsync(_manager.CreateDefaultSettings()));
        }

        Assert.Equal(content, await File.ReadAllTextAsync(file));
    }
}
