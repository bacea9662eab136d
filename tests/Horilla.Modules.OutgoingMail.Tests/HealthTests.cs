using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>What health checks report about a tenant's mail servers.</summary>
[Collection(SiteCollection.Name)]
public sealed class HealthTests(SiteFixture site)
{
    /// <summary>The setting that makes a host report each check.</summary>
    public static readonly (string Name, string Value) WithDetails = ("OrchardCore__OrchardCore_HealthChecks__ShowDetails", "true");

    [Fact]
    public async Task A_server_whose_last_message_failed_degrades_the_site_until_one_is_sent()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        Assert.Equal(("Healthy", "This site can't send email until you add a mail server."), await ReadAsync("outgoing_mail"));
        Assert.Contains("This site can't send email until you add a mail server.", (await admin.GetAsync("/Admin")).TextsOf(".ta-line-next"));

        var bad = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())), ("FailSilently", "true"));
        await SendServiceClient.SendAsync(admin, ("configurationId", bad));
        Assert.Equal(("Degraded", "One mail server is failing."), await ReadAsync("outgoing_mail"));
        Assert.Equal(["One mail server is failing."], (await admin.GetAsync("/Admin")).TextsOf(".ta-line-attention"));
        Assert.Equal(MailServerPages.List, (await admin.GetAsync("/Admin")).Document.QuerySelector(".ta-line-attention a")?.GetAttribute("href"));

        await (await admin.GetAsync(MailServerPages.Edit(bad))).SubmitAsync(new() { [MailServerPages.Field("Port")] = MailServerPages.Invariant(site.Exim.StartTlsPort) });
        await SendServiceClient.SendAsync(admin, ("configurationId", bad));
        Assert.Equal(("Healthy", "No mail server is failing."), await ReadAsync("outgoing_mail"));
        Assert.Contains("No mail server is failing.", (await admin.GetAsync("/Admin")).TextsOf(".ta-line-working"));
    }

    [Fact]
    public async Task A_deleted_server_does_not_degrade_the_site()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())));
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        await (await admin.GetAsync(MailServerPages.Delete(id))).SubmitAsync();

        Assert.Equal("Healthy", (await ReadAsync("outgoing_mail")).Status);
    }

    [Fact]
    public async Task An_expired_sign_in_degrades_the_site()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await OutlookServerPages.CreateAsync(site, admin);
        Assert.Equal(("Healthy", "One mail server is waiting for a sign-in."), await ReadAsync("outgoing_mail_outlook"));
        await MailServerPages.ClearAsync(admin);
        var (_, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        Assert.Equal(("Healthy", "No sign-in to Microsoft has expired."), await ReadAsync("outgoing_mail_outlook"));

        site.FakeMicrosoft.Entra.FailNext("invalid_grant", 700082);
        await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken");
        Assert.Equal(("Degraded", "One Outlook server needs a new sign-in."), await ReadAsync("outgoing_mail_outlook"));
    }

    /// <summary>Reads a health check without signing in, and asserts that the response names no mail server.</summary>
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
