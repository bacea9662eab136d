using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The networks in which tenants may use mail servers on a host with the default configuration.</summary>
public sealed class NetworkTests
{
    private const string Allow = "OrchardCore__Horilla_OutgoingMail_Networks__Allow";

    [Fact]
    public async Task Only_the_default_tenant_may_use_loopback_unless_the_operator_allows_it()
    {
        using var folder = new TemporaryFolder();
        var (guarded, trusted) = (TenantPages.UniqueName(), TenantPages.UniqueName());
        await using var host = await HostProcess.StartAsync(
            "tests/Horilla.TestHost",
            folder.CreateSubfolder("data"),
            null,
            (Allow, ""),
            ($"OrchardCore__{trusted}__Horilla_OutgoingMail_Networks__Allow", "127.0.0.0/8, ::1"));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        await using var server = new FakeSmtpServer();
        Assert.Equal(HttpStatusCode.Redirect, (await CreateAsync(admin, "", "127.0.0.1", server.Port)).Status);

        using var boss = await TenantPages.CreateRunningTenantAsync(admin, host.Address, guarded);

        foreach (var address in (string[])["127.0.0.1", "localhost", "::1", "::ffff:127.0.0.1", "169.254.169.254"])
        {
            var page = await CreateAsync(boss, guarded, address, server.Port);
            Assert.Contains("This site isn't allowed to connect to the network", page.TextOf("[data-valmsg-for='OutgoingMailConfiguration.Host']"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await CreateAsync(boss, guarded, "10.0.0.1", server.Port)).Status);
        using var other = await TenantPages.CreateRunningTenantAsync(admin, host.Address, trusted);
        Assert.Equal(HttpStatusCode.Redirect, (await CreateAsync(other, trusted, "127.0.0.1", server.Port)).Status);
        Assert.Equal(0, server.Connections);
    }

    private static async Task<WebPage> CreateAsync(WebBrowser browser, string tenant, string address, int port)
        => await (await browser.GetAsync($"{(tenant.Length == 0 ? "" : $"/{tenant}")}/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            ["OutgoingMailConfiguration.Host"] = address,
            ["OutgoingMailConfiguration.Port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["OutgoingMailConfiguration.UseTls"] = "false",
            ["OutgoingMailConfiguration.UseSsl"] = "false",
            ["OutgoingMailConfiguration.NeedsNoSignIn"] = "true",
            ["OutgoingMailConfiguration.DefaultFrom"] = "info@acme.example",
            ["OutgoingMailConfiguration.DisplayName"] = "Acme",
            ["OutgoingMailConfiguration.TimeoutSeconds"] = "20",
        });
}
