using System.Globalization;
using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Two tenants of one process, one on SQLite and one on PostgreSQL: neither can access anything of the other.</summary>
public sealed class IsolationTests(TestHostFixture running, PostgreSqlFixture postgreSql) : IClassFixture<TestHostFixture>, IClassFixture<PostgreSqlFixture>, IAsyncLifetime
{
    private readonly string _lite = TenantPages.UniqueName();
    private readonly string _pg = TenantPages.UniqueName();
    private WebBrowser _admin = null!;
    private WebBrowser _liteBoss = null!;
    private WebBrowser _pgBoss = null!;

    public async ValueTask InitializeAsync()
    {
        _admin = await running.SignInAsAdminAsync();
        _liteBoss = await TenantPages.CreateRunningTenantAsync(_admin, running.Address, _lite);
        _pgBoss = await TenantPages.CreateRunningTenantAsync(_admin, running.Address, _pg, TenantPages.Postgres(await postgreSql.Server.CreateDatabaseAsync()));
    }

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _liteBoss.Dispose();
        _pgBoss.Dispose();

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Mail_servers_belong_to_their_tenant()
    {
        var lite = await MailServerPages.AddAsync(_liteBoss, $"/{_lite}", "lite@acme.example");
        var pg = await MailServerPages.AddAsync(_pgBoss, $"/{_pg}", "pg@acme.example");

        Assert.DoesNotContain("pg@acme.example", (await _liteBoss.GetAsync($"/{_lite}/Admin/OutgoingMail")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lite@acme.example", (await _pgBoss.GetAsync($"/{_pg}/Admin/OutgoingMail")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@acme.example", (await _admin.GetAsync("/Admin/OutgoingMail")).TextOf("main"), StringComparison.Ordinal);

        foreach (var (browser, prefix, id) in new[] { (_liteBoss, $"/{_lite}", pg), (_pgBoss, $"/{_pg}", lite), (_admin, "", lite) })
        {
            var form = (await browser.GetAsync($"{prefix}/Admin/OutgoingMail/Create/Mail")).Fields();
            form["recipient"] = "reader@example.com";

            foreach (var action in new[] { "Edit", "Delete", "Test", "MakePrimary" })
            {
                var answer = await browser.PostAsync($"{prefix}/Admin/OutgoingMail/{action}/{id}", form);
                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{action}: {answer.Status} {answer.TextOf("main")}");
            }

            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{prefix}/Admin/OutgoingMail/Edit/{id}")).Status);
        }
    }

    [Fact]
    public async Task Cookies_and_tokens_of_one_tenant_are_invalid_in_another()
    {
        foreach (var (victim, from, to, boss) in new[] { (_liteBoss, _lite, _pg, _pgBoss), (_pgBoss, _pg, _lite, _liteBoss) })
        {
            using var thief = running.AnonymousBrowser();
            thief.CopyCookiesFrom(victim, from, to);
            Assert.StartsWith($"/{to}/Login?ReturnUrl=", (await thief.GetAsync($"/{to}/Admin/OutgoingMail")).Location, StringComparison.Ordinal);

            var foreign = (await victim.GetAsync($"/{from}/Admin/OutgoingMail/Create/Mail")).Fields();
            Assert.Equal(HttpStatusCode.BadRequest, (await boss.PostAsync($"/{to}/Admin/OutgoingMail/Create/Mail", foreign)).Status);
        }
    }

    [Fact]
    public async Task Users_and_their_passwords_belong_to_their_tenant()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.AnonymousBrowser().SignInAsync(HostProcess.Administrator, HostProcess.Password, $"/{_lite}"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.AnonymousBrowser().SignInAsync(TenantPages.Administrator, TenantPages.Password));
        var form = await _liteBoss.GetAsync($"/{_lite}/Admin/Users/Create");
        var created = await form.SubmitAsync(new() { ["User.UserName"] = "somebody", ["User.Email"] = "somebody@example.com", ["User.Password"] = "Password-9", ["User.PasswordConfirmation"] = "Password-9" });
        Assert.Equal(HttpStatusCode.Redirect, created.Status);
        await running.AnonymousBrowser().SignInAsync("somebody", "Password-9", $"/{_lite}");
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.AnonymousBrowser().SignInAsync("somebody", "Password-9", $"/{_pg}"));
    }

    [Fact]
    public async Task Disabling_a_feature_affects_only_one_tenant_and_keeps_its_data()
    {
        await MailServerPages.AddAsync(_pgBoss, $"/{_pg}", "kept@acme.example");
        await SwitchAsync(_pgBoss, _pg, "Disable");
        Assert.Equal(HttpStatusCode.NotFound, (await _pgBoss.GetAsync($"/{_pg}/Admin/OutgoingMail")).Status);
        Assert.DoesNotContain("Outgoing Mail Server", (await _pgBoss.GetAsync($"/{_pg}/Admin")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _liteBoss.GetAsync($"/{_lite}/Admin/OutgoingMail")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _admin.GetAsync("/Admin/OutgoingMail")).Status);

        await SwitchAsync(_pgBoss, _pg, "Enable");
        Assert.Contains("kept@acme.example", (await _pgBoss.GetAsync($"/{_pg}/Admin/OutgoingMail")).Text, StringComparison.Ordinal);
    }

    /// <summary>Tenants share only the host's own services: logging, configuration, the clock and the services that manage tenants.</summary>
    [Fact]
    public async Task Tenants_do_not_share_service_instances()
    {
        var lines = (await _liteBoss.GetAsync($"/{_lite}/Horilla.TestHost/SharedServices/Index?tenant={_pg}")).Text.Split('\n');
        string[] hosts = ["Microsoft.Extensions.", "Microsoft.AspNetCore.", "System.", "Horilla.Platform.", "OrchardCore.Modules.Clock", "Horilla.TestHost.AdjustableTime"];

        Assert.True(int.Parse(lines[0], CultureInfo.InvariantCulture) > 200, lines[0]);
        Assert.All(lines[1..], line => Assert.Contains(hosts, line.StartsWith));

        // The host's own keys protect what the host stores, such as connection strings.
        var others = lines.Where(line => line != "Horilla.Platform.Shells.HostDataProtection");
        Assert.DoesNotContain(others, line => line.Contains("Horilla.Modules", StringComparison.Ordinal) || line.Contains("Cache", StringComparison.Ordinal) || line.Contains("DataProtection", StringComparison.Ordinal) || line.Contains("Antiforgery", StringComparison.Ordinal) || line.Contains("Store", StringComparison.Ordinal));
    }

    private static async Task SwitchAsync(WebBrowser browser, string tenant, string action)
    {
        var form = (await browser.GetAsync($"/{tenant}/Admin/Features")).Fields("form");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync($"/{tenant}/Admin/Features/Horilla.Modules.OutgoingMail/{action}", form)).Status);
    }
}
