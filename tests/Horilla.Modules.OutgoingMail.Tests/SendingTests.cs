using System.Diagnostics;
using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Test mails through real servers.</summary>
[Collection(SiteCollection.Name)]
public sealed class SendingTests(Site site)
{
    [Theory]
    [InlineData("STARTTLS with a sign-in", true, false)]
    [InlineData("TLS from the first byte with a sign-in", false, true)]
    public async Task A_test_mail_arrives_by(string how, bool useTls, bool useSsl)
    {
        using var admin = await site.AdminAsync();
        var name = $"Sender {Guid.NewGuid():N} {how}";
        var id = await Servers.CreateAsync(
            admin,
            ("Port", Servers.Text(useSsl ? site.Exim.TlsPort : site.Exim.StartTlsPort)),
            ("UseTls", useTls ? "true" : "false"),
            ("UseSsl", useSsl ? "true" : "false"),
            ("DisplayName", name));
        var result = await Servers.SendTestAsync(admin, id);

        Assert.Contains("Sent: the server accepted the mail", result.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("TLS 1.", result.One(".om-steps"), StringComparison.Ordinal);
        Assert.Contains("PLAIN", result.One(".om-steps"), StringComparison.Ordinal);
        Assert.Contains("OK id=", result.One("#om-result code"), StringComparison.Ordinal);
        Assert.Equal(7, result.All(".om-step-passed, .om-step-skipped").Count);
        Assert.Matches(@"^Content done \d+ ms \d+\.\d KB$", result.All(".om-step")[^1]);

        var mail = await ReceivedMail.WaitAsync(site.Exim.Outbox, name);
        Assert.Equal($"\"{name}\" <{EximServer.UserName}>", mail.Message.From.ToString());
        Assert.Equal("reader@example.com", mail.Message.To.ToString());
        Assert.Equal("Test mail from Test <Site> & Co", mail.Message.Subject);
        Assert.Contains("Test <Site> & Co", mail.Message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Test &lt;Site&gt; &amp; Co", mail.Message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_mail_arrives_without_a_sign_in()
    {
        using var admin = await site.AdminAsync();
        var name = $"Open {Guid.NewGuid():N}";
        var id = await Servers.CreateAsync(
            admin, ("Port", Servers.Text(site.Exim.OpenPort)), ("UseTls", "false"), ("Username", ""), ("Password", ""), ("NeedsNoSignIn", "true"), ("DisplayName", name));
        var result = await Servers.SendTestAsync(admin, id);

        Assert.Contains("Sent", result.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal(2, result.All(".om-step-skipped").Count);
        await ReceivedMail.WaitAsync(site.Exim.Outbox, name);
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    public async Task Another_server_takes_it_too(string mode)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, mode, site.Trusted.Issue($"aio-{mode}", "localhost"));
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)), ("UseTls", mode == "starttls" ? "true" : "false"), ("UseSsl", mode == "tls" ? "true" : "false"));

        Assert.Contains("2.0.0 OK queued as", (await Servers.SendTestAsync(admin, id)).One("#om-result code"), StringComparison.Ordinal);
        await ReceivedMail.WaitAsync(server.Outbox, "reader@example.com");
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("drop")]
    public async Task What_a_server_does_after_it_took_the_mail_does_not_matter(string onQuit)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"quit-{onQuit}", "localhost"), "--on-quit", onQuit);
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)), ("TimeoutSeconds", "600"));

        Assert.Contains("Sent: the server accepted the mail", (await Servers.SendTestAsync(admin, id)).One("#om-result h2"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(server.Outbox, "*.eml"));
    }

    [Fact]
    public async Task The_list_and_the_diagnosis_tell_how_it_last_went()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("last");
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.OpenPort)), ("UseTls", "false"), ("Username", name), ("NeedsNoSignIn", "true"));
        await Servers.SendTestAsync(admin, id, EximServer.RefusedRecipient);
        var failed = (await admin.GetAsync($"{Servers.List}?search={name}")).Document.QuerySelector("tbody tr")!;
        Assert.Contains($"localhost rejected the recipient {EximServer.RefusedRecipient}.", WebPage.Plain(failed), StringComparison.Ordinal);

        var diagnosis = await admin.GetAsync(failed.QuerySelector(".om-status a")!.GetAttribute("href")!);
        Assert.Contains("No such mailbox", diagnosis.One("#om-result code"), StringComparison.Ordinal);
        Assert.Contains("What to do.", diagnosis.One("#om-result"), StringComparison.Ordinal);

        await Servers.SendTestAsync(admin, id);
        Assert.Contains("Last sent just now", (await admin.GetAsync($"{Servers.List}?search={name}")).One("tbody tr"), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_wrong_password() => FailsAsync(
        "Sign-in",
        "localhost rejected the sign-in of info@acme.example.",
        "Check Email Host Username and App Password",
        "535",
        ("Port", Servers.Text(site.Exim.StartTlsPort)),
        ("Password", "wrong"));

    [Fact]
    public Task A_refused_sender() => FailsAsync(
        "Sender",
        $"localhost rejected the sender {EximServer.RefusedSender}.",
        "Enter an address of the account as Default From Mail",
        "550 Sender not owned by user",
        ("Port", Servers.Text(site.Exim.StartTlsPort)),
        ("DefaultFrom", EximServer.RefusedSender));

    [Fact]
    public async Task A_refused_recipient()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var result = await Servers.SendTestAsync(admin, id, EximServer.RefusedRecipient);

        Assert.Contains($"localhost rejected the recipient {EximServer.RefusedRecipient}.", result.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal("550 No such mailbox", result.One("#om-result code"));
        Assert.Equal("Recipient", FailedStep(result));
    }

    [Fact]
    public Task A_mail_that_is_too_large() => FailsAsync(
        "Content",
        "The message is too large for localhost",
        "Send smaller attachments",
        "552",
        ("Port", Servers.Text(site.Exim.SmallPort)),
        ("UseTls", "false"),
        ("NeedsNoSignIn", "true"));

    [Fact]
    public async Task A_refused_content()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("refusing", "localhost"), "--refuse-data", "554 5.7.1 This looks like spam");

        await FailsAsync("Content", "rejected the message because of its content", "text that looks like spam", "554 5.7.1 This looks like spam", ("Port", Servers.Text(server.Port)));
    }

    [Fact]
    public async Task A_content_that_is_put_off()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("busy", "localhost"), "--refuse-data", "451 4.7.1 Greylisted");

        await FailsAsync("Content", "can't accept the message right now", "Try again in 15 minutes.", "451 4.7.1 Greylisted", ("Port", Servers.Text(server.Port)));
    }

    [Theory]
    [InlineData("--refuse-sender", "553 5.7.1 Not yours", "Sender", "rejected the sender")]
    [InlineData("--refuse-recipient", "550 5.1.1 Nobody here", "Recipient", "there is no such mailbox")]
    [InlineData("--refuse-data", "554 5.7.1 This looks like spam", "Content", "rejected the message")]
    public async Task A_refusal_is_told_even_where_the_server_closes_the_connection_after_it(string option, string said, string step, string message)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"closing{option}", "localhost"), option, said, "--drop-on-reset");

        await FailsAsync(step, message, "", said, ("Port", Servers.Text(server.Port)));
    }

    [Fact]
    public async Task A_password_with_a_character_that_the_sign_in_cannot_carry()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "clear", site.Trusted.Issue("scram", "localhost"), "--scram");

        await FailsAsync("Sign-in", "cannot be used to sign in", "Enter the App Password again", null, ("Port", Servers.Text(server.Port)), ("UseTls", "false"), ("Password", "abc\ufffddef"));
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_issuer()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Untrusted.Issue("foreign", "localhost"));

        await FailsAsync("TLS", "its chain is incomplete. The server doesn't send the certificate of the issuer Foreign Authority", "an operator can add it to the trusted authorities", null, ("Port", Servers.Text(server.Port)));
        Assert.Empty(Directory.GetFiles(server.Outbox));
    }

    [Fact]
    public async Task A_certificate_of_another_name()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "tls", site.Trusted.Issue("other", "mail.other.example"));

        await FailsAsync("TLS", "it is for mail.other.example, not for localhost", "Enter as Host one of the names", null, ("Port", Servers.Text(server.Port)), ("UseTls", "false"), ("UseSsl", "true"));
        Assert.Empty(Directory.GetFiles(server.Outbox));
    }

    [Fact]
    public async Task A_certificate_that_has_expired()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("expired", "localhost", expired: true));

        await FailsAsync("TLS", "it is valid from", "has to renew it", null, ("Port", Servers.Text(server.Port)));
        Assert.Empty(Directory.GetFiles(server.Outbox));
    }

    [Fact]
    public Task A_port_in_clear_that_is_asked_for_tls() => FailsAsync(
        "TLS",
        "does not speak TLS from the first byte",
        "Set Use TLS to Yes and Use SSL to No",
        null,
        ("Port", Servers.Text(site.Exim.StartTlsPort)),
        ("UseTls", "false"),
        ("UseSsl", "true"));

    [Fact]
    public Task A_port_of_tls_that_is_asked_in_clear_with_little_time() => FailsAsync(
        "TLS",
        "speaks TLS from the first byte",
        "Set Use SSL to Yes and Use TLS to No",
        null,
        ("Port", Servers.Text(site.Exim.TlsPort)),
        ("TimeoutSeconds", "4"));

    [Fact]
    public async Task An_address_beyond_ASCII_takes_a_server_that_knows_it()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("ascii", "localhost"));
        await using var international = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("utf8", "localhost"), "--smtputf8");
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)));
        var result = await Servers.SendTestAsync(admin, id, "jürgen@example.com");
        Assert.Contains("can't handle the address jürgen@example.com", result.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("SMTPUTF8", result.One("#om-result .alert"), StringComparison.Ordinal);
        Assert.Equal("Recipient", FailedStep(result));
        Assert.Contains("Sent", (await Servers.SendTestAsync(admin, id, "info@bücher.example")).One("#om-result h2"), StringComparison.Ordinal);

        var other = await Servers.CreateAsync(admin, ("Port", Servers.Text(international.Port)));
        Assert.Contains("Sent", (await Servers.SendTestAsync(admin, other, "jürgen@example.com")).One("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_port_of_tls_that_is_asked_in_clear() => FailsAsync(
        "TLS",
        "speaks TLS from the first byte",
        "Set Use SSL to Yes and Use TLS to No",
        null,
        ("Port", Servers.Text(site.Exim.TlsPort)));

    [Fact]
    public async Task A_server_that_does_not_offer_starttls_gets_nothing_in_clear()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "clear", site.Trusted.Issue("clear", "localhost"));

        await FailsAsync("TLS", "does not offer STARTTLS", "Ask the provider for the port that offers TLS", null, ("Port", Servers.Text(server.Port)));
        Assert.Empty(Directory.GetFiles(server.Outbox));
    }

    [Fact]
    public Task A_server_that_offers_no_sign_in() => FailsAsync(
        "Sign-in",
        "does not offer a sign-in",
        "tick 'This server needs no sign-in'",
        null,
        ("Port", Servers.Text(site.Exim.OpenPort)));

    [Fact]
    public Task A_server_that_wants_a_sign_in() => FailsAsync(
        "Sign-in",
        "localhost requires a sign-in.",
        "Untick 'This server needs no sign-in'",
        "550 Relay not permitted",
        ("Port", Servers.Text(site.Exim.StartTlsPort)),
        ("NeedsNoSignIn", "true"));

    [Fact]
    public async Task A_server_that_says_nothing()
    {
        using var server = new SilentServer();
        var watch = Stopwatch.StartNew();

        await FailsAsync(
            "Connection",
            $"localhost did not answer on port {server.Port} within 2 seconds.",
            "raise Email Send Timeout",
            null,
            ("Port", Servers.Text(server.Port)),
            ("TimeoutSeconds", "2"));
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_server_that_never_answers_the_TLS_handshake()
    {
        using var server = new SilentServer();

        await FailsAsync(
            "TLS",
            "localhost did not answer in time: the attempt ended after 2 seconds.",
            "raise Email Send Timeout",
            null,
            ("Port", Servers.Text(server.Port)),
            ("UseTls", "false"),
            ("UseSsl", "true"),
            ("TimeoutSeconds", "2"));
    }

    [Fact]
    public async Task A_server_that_wants_a_sign_in_where_none_is_configured()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("needs-sign-in", "localhost"));

        await FailsAsync(
            "Sign-in",
            "localhost requires a sign-in.",
            "Untick 'This server needs no sign-in'",
            "530",
            ("Port", Servers.Text(server.Port)),
            ("Username", ""),
            ("Password", ""),
            ("NeedsNoSignIn", "true"));
    }

    [Fact]
    public Task A_closed_port() => FailsAsync("Connection", "refused the connection", "No mail server listens on this port", null, ("Port", Servers.Text(FreePort.Next())));

    [Fact]
    public Task An_unknown_host() => FailsAsync("Look-up", "no-such-host.invalid", "", null, ("Host", "no-such-host.invalid"));

    [Fact]
    public Task Fail_silently_does_not_hide_the_result_of_a_test() => FailsAsync(
        "Connection",
        "refused the connection",
        "No mail server listens on this port",
        null,
        ("Port", Servers.Text(FreePort.Next())),
        ("FailSilently", "true"));

    [Theory]
    [InlineData("", "Enter the address")]
    [InlineData("reader", "isn't a valid email address")]
    [InlineData("a@example.com, b@example.com", "isn't a valid email address")]
    [InlineData("a@example.com\r\nBcc: b@example.com", "isn't a valid email address")]
    public async Task A_recipient_that_is_none_is_told_at_the_field(string typed, string message)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        var page = await Servers.SendTestAsync(admin, id, typed);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.One("#om-recipient-error"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#om-result"));
    }

    [Fact]
    public async Task The_recipient_is_the_admin_at_first()
    {
        using var admin = await site.AdminAsync();

        Assert.Equal("admin@example.com", (await admin.GetAsync(Servers.Test(await Servers.CreateAsync(admin)))).Fields()["recipient"]);
    }

    private static string? FailedStep(WebPage page) => page.One(".om-step-failed .om-step-name");

    private async Task FailsAsync(string step, string message, string advice, string? said, params (string Name, string? Value)[] values)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, values);
        var result = await Servers.SendTestAsync(admin, id);

        Assert.Equal(HttpStatusCode.OK, result.Status);
        Assert.Contains("Not sent:", result.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains(message, result.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains(advice, result.One("#om-result .alert"), StringComparison.Ordinal);
        Assert.Equal(step, FailedStep(result));
        Assert.NotNull(result.Document.QuerySelector($"#om-result a[href^='{Servers.Edit(id)}']"));

        // Nothing fails after a step that was not reached.
        Assert.Null(result.Document.QuerySelector(".om-step-notreached ~ .om-step-failed"));

        if (said is not null)
        {
            Assert.StartsWith(said, result.One("#om-result code"), StringComparison.Ordinal);
        }
    }
}
