using System.Text.Json.Nodes;
using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>OrchardCore's own email service, which sends through the tenant's outgoing mail servers.</summary>
[Collection(SiteCollection.Name)]
public sealed class EmailProviderTests(SiteFixture site)
{
    [Fact]
    public async Task A_complete_OrchardCore_message_is_sent_through_the_primary_server()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("bridge", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("IsPrimary", "true"), ("DisplayName", "Acme"));
        var subject = $"Reset your password {Guid.NewGuid():N}";
        var result = await SendAsync(
            admin,
            ("Subject", subject),
            ("To", "ann@example.com; Bob <bob@example.com>, "),
            ("Cc", "carl@example.com"),
            ("Bcc", "dora@example.com"),
            ("ReplyTo", "help@acme.example"),
            ("TextBody", "In plain words"),
            ("HtmlBody", "<p>In <b>bold</b> words</p>"),
            ("attachment", "The text of a file"));
        var mail = (await ReceivedMessage.WaitAsync(server.ReceivedFolder, subject)).Message;

        Assert.True((bool)result["succeeded"]!);
        Assert.True((bool)result["streamIsOpen"]!);
        Assert.Equal("\"Acme\" <info@acme.example>", mail.From.ToString());
        Assert.Equal(["ann@example.com", "bob@example.com"], mail.To.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.Equal("help@acme.example", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("ann@example.com, bob@example.com, carl@example.com, dora@example.com", mail.Headers["X-Envelope-To"]);
        Assert.Empty(mail.Bcc);
        Assert.Equal("In plain words", mail.TextBody?.Trim());
        Assert.Contains("<b>bold</b>", mail.HtmlBody, StringComparison.Ordinal);
        var attachment = Assert.IsType<TextPart>(mail.Attachments.Single(), exactMatch: false);
        Assert.Equal("Grüße.txt", attachment.FileName);
        Assert.Equal("The text of a file", attachment.Text);
    }

    [Fact]
    public async Task A_failure_has_a_cause_and_a_next_step()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())), ("IsPrimary", "true"));
        await OutboxPages.WithSettingsAsync(admin, [("EmailServiceMode", "AtOnceOnly")], async () =>
        {
            var result = await SendAsync(admin, ("Subject", "x"), ("To", "ann@example.com"), ("provider", "Horilla Outgoing Mail"));
            Assert.False((bool)result["succeeded"]!);
            Assert.Contains("localhost refused the connection", Errors(result), StringComparison.Ordinal);
        });

        await MailServerPages.ClearAsync(admin);
        var none = await SendAsync(admin, ("Subject", "x"), ("To", "ann@example.com"));
        Assert.Contains("This site has no outgoing mail server. Add one in the admin panel under Settings > Mail > Outgoing Mail Server.", Errors(none), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_now_is_sent_later()
    {
        using var admin = await site.SignInAsAdminAsync();
        var port = FreePort.Next();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(port)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""), ("IsPrimary", "true"));
        var subject = $"Later {Guid.NewGuid():N}";
        Assert.True((bool)(await SendAsync(admin, ("Subject", subject), ("To", "ann@example.com"), ("TextBody", "Later"), ("attachment", "The text of a file")))["succeeded"]!);

        await using var server = new FakeSmtpServer(port: port);
        await OutboxClient.SetClockAsync(admin, TimeSpan.FromMinutes(2));
        await server.WaitForMessageAsync(subject);
        await OutboxClient.SetClockAsync(admin, TimeSpan.Zero);
    }

    [Fact]
    public async Task Messages_can_be_sent_in_the_background()
    {
        using var admin = await site.SignInAsAdminAsync();
        await using var server = new FakeSmtpServer();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""), ("IsPrimary", "true"));
        var subject = $"Background {Guid.NewGuid():N}";
        await OutboxPages.WithSettingsAsync(admin, [("EmailServiceMode", "InBackground")], async () =>
        {
            Assert.True((bool)(await SendAsync(admin, ("Subject", subject), ("To", "ann@example.com"), ("TextBody", "Now")))["succeeded"]!);
            await server.WaitForMessageAsync(subject);
        });
    }

    [Fact]
    public async Task A_server_can_fail_silently_here_too()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())), ("IsPrimary", "true"), ("FailSilently", "true"));

        Assert.True((bool)(await SendAsync(admin, ("Subject", "x"), ("To", "ann@example.com")))["succeeded"]!);
    }

    [Fact]
    public async Task A_rejected_recipient_is_reported()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.NoAuthPort)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""), ("IsPrimary", "true"));
        var result = await SendAsync(admin, ("Subject", "x"), ("To", $"ann@example.com, {EximServer.RejectedRecipient}"));

        Assert.False((bool)result["succeeded"]!);
        Assert.Contains(EximServer.RejectedRecipient, Errors(result), StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.com", Errors(result), StringComparison.Ordinal);
    }

    private static string Errors(JsonNode result) => string.Join('\n', result["errors"]!.AsArray().Select(error => $"{error!["key"]}: {error["value"]}"));

    private static async Task<JsonNode> SendAsync(WebBrowser browser, params (string Name, string Value)[] values)
        => JsonNode.Parse((await browser.PostAsync("/Horilla.TestHost/Email/Index", values.ToDictionary(value => value.Name, value => value.Value))).Text)!;
}
