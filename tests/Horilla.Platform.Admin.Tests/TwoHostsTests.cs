using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Two hosts on one folder of tenants: neither undoes what the other does.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess _first = null!;
    private HostProcess _second = null!;

    public async Task InitializeAsync()
    {
        var data = _folder.Sub("data");
        _first = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
        using var browser = new WebBrowser(_first.Address);
        await browser.GetAsync("/Admin");
        _second = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_one_creates_changes_and_removes_the_other_knows()
    {
        using var first = await AdminAsync(_first);
        using var second = await AdminAsync(_second);
        string[] names = [.. Enumerable.Range(0, 10).Select(_ => TenantPages.UniqueName())];
        var created = await Task.WhenAll(names.Select((name, index) => TenantPages.CreateAsync(index % 2 == 0 ? first : second, name)));

        Assert.All(created, page => Assert.Equal(HttpStatusCode.Redirect, page.Status));
        var stored = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_first.Data, "tenants.json")))!.AsObject();
        Assert.Equal(names.Append("Default").Order(StringComparer.Ordinal), stored.Select(tenant => tenant.Key).Order(StringComparer.Ordinal));

        // Set up by the one, disabled by the other, enabled by the first again.
        using var visitor = new WebBrowser(_first.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await TenantPages.SetUpAsync(created[0], visitor)).Status);
        await ShowsAsync(second, names[0], "Running");
        await TenantPages.DoAsync(second, "Disable", names[0]);
        await ShowsAsync(first, names[0], "Disabled");
        await TenantPages.DoAsync(first, "Enable", names[0]);
        await ShowsAsync(second, names[0], "Running");
        Assert.Equal("Running", (string?)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_first.Data, "tenants.json")))![names[0]]!["State"]);

        // The site works on both.
        using var there = new WebBrowser(_second.Address);
        await there.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + names[0]);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync($"/{names[0]}/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task A_host_that_starts_while_another_sets_a_site_up_leaves_it_to_that()
    {
        var file = Path.Combine(_first.Data, "tenants.json");
        using var first = await AdminAsync(_first);
        var name = TenantPages.UniqueName();
        await TenantPages.CreateAsync(first, name);

        // As it is while the first host sets it up: the state is stored, and the lock held.
        using var held = new FileStream(Path.Combine(_first.Data, "Locks", $"setup-{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var tenants = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        tenants[name]!["State"] = "Initializing";
        tenants[name]!["VersionId"] = "4" + new string('x', 25);
        await File.WriteAllTextAsync(file, tenants.ToJsonString());
        await using var third = await HostProcess.StartAsync("tests/Horilla.TestHost", _first.Data);
        using var admin = await AdminAsync(third);

        Assert.Equal("Being set up", await TenantPages.StateAsync(admin, name));
        held.Close();
        await using var fourth = await HostProcess.StartAsync("tests/Horilla.TestHost", _first.Data);
        using var later = await AdminAsync(fourth);
        Assert.Equal("To be set up", await TenantPages.StateAsync(later, name));
    }

    [Fact]
    public async Task A_set_up_that_a_host_went_down_in_is_noticed_by_the_other()
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

        await ShowsAsync(second, name, "To be set up");
    }

    private static async Task<WebBrowser> AdminAsync(HostProcess host)
    {
        var browser = new WebBrowser(host.Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return browser;
    }

    /// <summary>Waits until a host has noticed the state of a tenant.</summary>
    private static async Task ShowsAsync(WebBrowser admin, string name, string state)
    {
        for (var tries = 0; await TenantPages.StateAsync(admin, name) != state; tries++)
        {
            Assert.True(tries < 300, $"The tenant '{name}' is not shown as {state}.");
            await Task.Delay(100);
        }
    }
}
