using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The status of a server in the list and in health checks: it's the server's, not that of one message.</summary>
[Collection(SiteCollection.Name)]
public sealed class ServerStatusTests(SiteFixture site)
{
    [Fact]
    public async Task A_rejected_recipient_is_noted_but_the_server_works()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        await SendServiceClient.SendAsync(admin, ("configurationId", id), ("to", EximServer.RejectedRecipient));

        Assert.Equal($"Working The last message wasn't sent: localhost rejected the recipient {EximServer.RejectedRecipient}. Details", await StatusAsync(admin));
        Assert.Equal("Healthy", await HealthAsync());
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_noted_but_the_server_works()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.SizeLimitPort)), ("UseTls", "false"), ("NeedsNoSignIn", "true"));
        await SendServiceClient.SendAsync(admin, ("configurationId", id), ("text", new string('x', 3 * EximServer.SizeLimit)));

        Assert.StartsWith("Working The last message wasn't sent: The message is too large for localhost.", await StatusAsync(admin), StringComparison.Ordinal);
        Assert.Equal("Healthy", await HealthAsync());
    }

    [Fact]
    public async Task The_wrong_sender_of_a_module_changes_nothing_but_a_rejected_default_sender_does()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)), ("AllowsOtherSenders", "true"));
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("DefaultFrom")] = EximServer.RejectedSender });
        await SendServiceClient.SendAsync(admin, ("configurationId", id), ("from", "other@acme.example"));
        Assert.StartsWith("Working", await StatusAsync(admin), StringComparison.Ordinal);

        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        Assert.StartsWith("Failing just now: localhost rejected the sender", await StatusAsync(admin), StringComparison.Ordinal);
        Assert.Equal("Degraded", await HealthAsync());
    }

    [Fact]
    public async Task A_failing_server_keeps_since_when_and_a_success_clears_it()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())));
        Assert.Equal("Never used", await StatusAsync(admin));
        Assert.Contains("Last sent Never", Assert.Single((await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr")), StringComparison.Ordinal);

        await MailServerPages.SendTestAsync(admin, id);
        var since = await site.Documents.ReadAsync("LastDelivery", id, "FailingSinceUtc");
        await MailServerPages.SendTestAsync(admin, id);
        Assert.StartsWith("Failing just now: localhost refused the connection", await StatusAsync(admin), StringComparison.Ordinal);
        Assert.Equal(since, await site.Documents.ReadAsync("LastDelivery", id, "FailingSinceUtc"));

        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Port")] = MailServerPages.Invariant(site.Exim.StartTlsPort) });
        Assert.Contains(", before its settings were changed", await StatusAsync(admin), StringComparison.Ordinal);
        await MailServerPages.SendTestAsync(admin, id);
        Assert.Equal("Working", await StatusAsync(admin));
        Assert.Contains("Last sent just now", Assert.Single((await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_encryption_has_a_badge()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await CreateAsync(admin, ("UseTls", "false"), ("NeedsNoSignIn", "true"));
        await CreateAsync(admin);

        Assert.Single((await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr .badge.text-bg-warning"), "Not encrypted");
    }

    private static Task<string> CreateAsync(WebBrowser admin, params (string Name, string? Value)[] values) => MailServerPages.CreateAsync(admin, values);

    private static async Task<string> StatusAsync(WebBrowser admin) => Assert.Single((await admin.GetAsync(MailServerPages.List)).TextsOf("tbody .om-status"));

    private async Task<string> HealthAsync()
    {
        using var monitor = site.Visitor();
        var page = await monitor.GetAsync("/health/live");

        return (string)System.Text.Json.Nodes.JsonNode.Parse(page.Text)!["HealthChecks"]!.AsArray().Single(entry => (string?)entry!["Name"] == "outgoing_mail")!["Status"]!;
    }
}
