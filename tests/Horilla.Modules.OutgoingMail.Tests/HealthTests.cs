using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>What monitoring hears of a tenant's mail servers.</summary>
[Collection(SiteCollection.Name)]
public sealed class HealthTests(Site site)
{
    /// <summary>The setting by which a host tells each check.</summary>
    public static readonly (string Name, string Value) WithDetails = ("OrchardCore__OrchardCore_HealthChecks__ShowDetails", "true");

    [Fact]
    public async Task A_server_whose_last_mail_failed_degrades_the_site_until_one_goes_out()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        Assert.Equal(("Healthy", "No mail server failed with its last mail."), await ReadAsync("outgoing_mail"));

        var bad = await Servers.CreateAsync(admin, ("Port", Servers.Text(FreePort.Next())), ("FailSilently", "true"));
        await Mails.SendAsync(admin, ("configurationId", bad));
        Assert.Equal(("Degraded", "One mail server failed with its last mail."), await ReadAsync("outgoing_mail"));

        await (await admin.GetAsync(Servers.Edit(bad))).SubmitAsync(new() { [Servers.Field("Port")] = Servers.Text(site.Exim.StartTlsPort) });
        await Mails.SendAsync(admin, ("configurationId", bad));
        Assert.Equal("Healthy", (await ReadAsync("outgoing_mail")).Status);
    }

    [Fact]
    public async Task A_server_that_is_deleted_degrades_nothing()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(FreePort.Next())));
        await Mails.SendAsync(admin, ("configurationId", id));
        await (await admin.GetAsync(Servers.Delete(id))).SubmitAsync();

        Assert.Equal("Healthy", (await ReadAsync("outgoing_mail")).Status);
    }

    [Fact]
    public async Task A_sign_in_that_lapsed_degrades_the_site()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var (_, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        Assert.Equal(("Healthy", "No sign-in of an Outlook server has lapsed."), await ReadAsync("outgoing_mail_outlook"));

        site.Cloud.Entra.FailNext("invalid_grant", 700082);
        await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken");
        Assert.Equal(("Degraded", "The sign-in of one Outlook server has lapsed."), await ReadAsync("outgoing_mail_outlook"));
    }

    /// <summary>Anybody may ask, and no answer names a server.</summary>
    private async Task<(string Status, string Description)> ReadAsync(string check)
    {
        using var monitor = site.Visitor();
        var page = await monitor.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("@", page.Text, StringComparison.Ordinal);
        var entry = JsonNode.Parse(page.Text)!["HealthChecks"]!.AsArray().Single(entry => (string?)entry!["Name"] == check)!;

        return ((string)entry["Status"]!, (string)entry["Description"]!);
    }
}
