using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Two hosts with the same App_Data folder: neither undoes the changes of the other.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess _first = null!;
    private HostProcess _second = null!;

    public async ValueTask InitializeAsync()
    {
        var data = _folder.CreateSubfolder("data");
        _first = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
        using var browser = new WebBrowser(_first.Address);
        await browser.GetAsync("/Admin");
        _second = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_host_sees_the_tenants_that_the_other_creates_and_changes()
    {
        using var first = await AdminAsync(_first);
        using var second = await AdminAsync(_second);
        string[] names = [.. Enumerable.Range(0, 10).Select(_ => TenantPages.UniqueName())];
        var created = await Task.WhenAll(names.Select((name, index) => TenantPages.CreateAsync(index % 2 == 0 ? first : second, name)));

        Assert.All(created, page => Assert.Equal(HttpStatusCode.Redirect, page.Status));
        var stored = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_first.Data, "tenants.json")))!.AsObject();
        Assert.Equal(names.Append("Default").Order(StringComparer.Ordinal), stored.Select(tenant => tenant.Key).Order(StringComparer.Ordinal));

        // Set up on the first host, disabled on the second, enabled again on the first.
        using var visitor = new WebBrowser(_first.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await TenantPages.SetUpAsync(created[0], visitor)).Status);
        await ShowsAsync(second, names[0], "Running");
        await TenantPages.PressAsync(second, "Disable", names[0]);
        await ShowsAsync(first, names[0], "Disabled");
        await TenantPages.PressAsync(first, "Enable", names[0]);
        await ShowsAsync(second, names[0], "Running");
        Assert.Equal("Running", (string?)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_first.Data, "tenants.json")))![names[0]]!["State"]);

        // The site works on both hosts.
        using var there = new WebBrowser(_second.Address);
        await there.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + names[0]);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync($"/{names[0]}/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task A_host_that_starts_during_a_setup_on_another_host_leaves_it_alone()
    {
        var file = Path.Combine(_first.Data, "tenants.json");
        using var first = await AdminAsync(_first);
        var name = TenantPages.UniqueName();
        await TenantPages.CreateAsync(first, name);

        // Simulates a setup on the first host: the state is stored and the lock is held.
        using var held = new FileStream(Path.Combine(_first.Data, "Locks", $"setup-{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var tenants = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        tenants[name]!["State"] = "Initializing";
        tenants[name]!["VersionId"] = "4" + new string('x', 25);
        await File.WriteAllTextAsync(file, tenants.ToJsonString());
        await using var third = await HostProcess.StartAsync("tests/Horilla.TestHost", _first.Data);
        using var admin = await AdminAsync(third);

        Assert.Equal("Being set up", await TenantPages.GetStateAsync(admin, name));
        held.Close();
        await using var fourth = await HostProcess.StartAsync("tests/Horilla.TestHost", _first.Data);
        using var later = await AdminAsync(fourth);
        Assert.Equal("Not set up", await TenantPages.GetStateAsync(later, name));
    }

    [Fact]
    public async Task A_setup_that_a_crash_interrupted_is_detected_by_the_other_host()
    {
        var file = Path.Combine(_first.Data, "tenants.json");
        using var first = await AdminAsync(_first);
        using var second = await AdminAsync(_second);
        var name = TenantPages.UniqueName();
        await TenantPages.CreateAsync(first, name);

        using (new FileStream(Path.Combine(_first.Data, "Locks", $"setup-{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var tenants = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            tenants[name]!["State"] = "Initializing";
            tenants[name]!["VersionId"] = "4" + new string('y', 25);
            await File.WriteAllTextAsync(file, tenants.ToJsonString());
            await ShowsAsync(second, name, "Being set up");
        }

        await ShowsAsync(second, name, "Not set up");
    }

    private static async Task<WebBrowser> AdminAsync(HostProcess host)
    {
        var browser = new WebBrowser(host.Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return browser;
    }

    /// <summary>Waits until a host shows the state of a tenant.</summary>
    private static async Task ShowsAsync(WebBrowser admin, string name, string state)
    {
        for (var tries = 0; await TenantPages.GetStateAsync(admin, name) != state; tries++)
        {
            Assert.True(tries < 300, $"The tenant '{name}' is not shown as {state}.");
            await Task.Delay(100);
        }
    }
}
