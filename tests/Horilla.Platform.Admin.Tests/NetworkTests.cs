using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Which networks the mail servers of tenants may be in, as a host has it that nobody has configured.</summary>
public sealed class NetworkTests
{
    private const string Allow = "OrchardCore__Horilla_OutgoingMail_Networks__Allow";

    [Fact]
    public async Task Loopback_is_the_default_tenants_alone_unless_the_operator_allows_it()
    {
        using var folder = new TemporaryFolder();
        var (guarded, trusted) = (TenantPages.UniqueName(), TenantPages.UniqueName());
        await using var host = await HostProcess.StartAsync(
            "tests/Horilla.TestHost",
            folder.Sub("data"),
            null,
            (Allow, ""),
            ($"OrchardCore__{trusted}__Horilla_OutgoingMail_Networks__Allow", "127.0.0.0/8, ::1"));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        await using var server = new PlainSmtpServer();
        Assert.Equal(HttpStatusCode.Redirect, (await CreateAsync(admin, "", "127.0.0.1", server.Port)).Status);

        using var boss = await TenantPages.RunAsync(admin, host.Address, guarded);

        foreach (var address in (string[])["127.0.0.1", "localhost", "::1", "::ffff:127.0.0.1", "169.254.169.254"])
        {
            var page = await CreateAsync(boss, guarded, address, server.Port);
            Assert.Contains("This site may not connect to the network", page.One("[data-valmsg-for='OutgoingMailConfiguration.Host']"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await CreateAsync(boss, guarded, "10.0.0.1", server.Port)).Status);
        using var other = await TenantPages.RunAsync(admin, host.Address, trusted);
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
