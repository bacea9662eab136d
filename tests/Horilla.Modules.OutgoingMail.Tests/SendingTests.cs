using System.Diagnostics;
using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Test messages through real servers.</summary>
[Collection(SiteCollection.Name)]
public sealed class SendingTests(SiteFixture site)
{
    [Theory]
    [InlineData("STARTTLS with a sign-in", true, false)]
    [InlineData("Implicit TLS with a sign-in", false, true)]
    public async Task A_test_message_arrives_over_TLS(string how, bool useTls, bool useSsl)
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = $"Sender {Guid.NewGuid():N} {how}";
        var id = await MailServerPages.CreateAsync(
            admin,
            ("Port", MailServerPages.Invariant(useSsl ? site.Exim.TlsPort : site.Exim.StartTlsPort)),
            ("UseTls", useTls ? "true" : "false"),
            ("UseSsl", useSsl ? "true" : "false"),
            ("DisplayName", name));
        var result = await MailServerPages.SendTestAsync(admin, id);

        Assert.Contains("Sent: the server accepted the message", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("TLS 1.", result.TextOf(".om-steps"), StringComparison.Ordinal);
        Assert.Contains("PLAIN", result.TextOf(".om-steps"), StringComparison.Ordinal);
        Assert.Contains("OK id=", result.TextOf("#om-result code"), StringComparison.Ordinal);
        Assert.Equal(7, result.TextsOf(".om-step-passed, .om-step-skipped").Count);
        Assert.Matches(@"^Content done \d+ ms \d+\.\d KB$", result.TextsOf(".om-step")[^1]);

        var mail = await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, name);
        Assert.Equal($"\"{name}\" <{EximServer.UserName}>", mail.Message.From.ToString());
        Assert.Equal("reader@example.com", mail.Message.To.ToString());
        Assert.Equal("Test email from Test <Site> & Co", mail.Message.Subject);
        Assert.Contains("Test <Site> & Co", mail.Message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Test &lt;Site&gt; &amp; Co", mail.Message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_message_arrives_without_a_sign_in()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = $"Open {Guid.NewGuid():N}";
        var id = await MailServerPages.CreateAsync(
            admin, ("Port", MailServerPages.Invariant(site.Exim.NoAuthPort)), ("UseTls", "false"), ("Username", ""), ("Password", ""), ("NeedsNoSignIn", "true"), ("DisplayName", name));
        var result = await MailServerPages.SendTestAsync(admin, id);

        Assert.Contains("Sent", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal(2, result.TextsOf(".om-step-skipped").Count);
        await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, name);
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    public async Task Another_server_implementation_accepts_it_too(string mode)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, mode, site.Trusted.Issue($"aio-{mode}", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("UseTls", mode == "starttls" ? "true" : "false"), ("UseSsl", mode == "tls" ? "true" : "false"));

        Assert.Contains("2.0.0 OK queued as", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result code"), StringComparison.Ordinal);
        await ReceivedMessage.WaitAsync(server.ReceivedFolder, "reader@example.com");
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("drop")]
    public async Task A_failure_after_the_message_was_accepted_does_not_matter(string onQuit)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"quit-{onQuit}", "localhost"), "--on-quit", onQuit);
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("TimeoutSeconds", "600"));

        Assert.Contains("Sent: the server accepted the message", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(server.ReceivedFolder, "*.eml"));
    }

    [Fact]
    public async Task The_list_and_the_diagnosis_show_the_last_result()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("last");
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.NoAuthPort)), ("UseTls", "false"), ("Username", name), ("NeedsNoSignIn", "true"));
        await MailServerPages.SendTestAsync(admin, id, EximServer.RejectedRecipient);
        var failed = (await admin.GetAsync($"{MailServerPages.List}?search={name}")).Document.QuerySelector("tbody tr")!;
        Assert.Contains($"localhost rejected the recipient {EximServer.RejectedRecipient}.", WebPage.NormalizedText(failed), StringComparison.Ordinal);

        var diagnosis = await admin.GetAsync(failed.QuerySelector(".om-status a")!.GetAttribute("href")!);
        Assert.Contains("No such mailbox", diagnosis.TextOf("#om-result code"), StringComparison.Ordinal);
        Assert.Contains("How to fix it:", diagnosis.TextOf("#om-result"), StringComparison.Ordinal);

        await MailServerPages.SendTestAsync(admin, id);
        Assert.Contains("Last sent just now", (await admin.GetAsync($"{MailServerPages.List}?search={name}")).TextOf("tbody tr"), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_wrong_password_is_reported() => FailsAsync(
        "Sign-in",
        "localhost rejected the sign-in of info@acme.example.",
        "Check Email Host Username and App Password",
        "535",
        ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)),
        ("Password", "wrong"));

    [Fact]
    public Task A_rejected_sender_is_reported() => FailsAsync(
        "Sender",
        $"localhost rejected the sender {EximServer.RejectedSender}.",
        "Enter an address of the account as Default From Mail",
        "550 Sender not owned by user",
        ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)),
        ("DefaultFrom", EximServer.RejectedSender));

    [Fact]
    public async Task A_rejected_recipient_is_reported()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var result = await MailServerPages.SendTestAsync(admin, id, EximServer.RejectedRecipient);

        Assert.Contains($"localhost rejected the recipient {EximServer.RejectedRecipient}.", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal("550 No such mailbox", result.TextOf("#om-result code"));
        Assert.Equal("Recipient", FailedStep(result));
    }

    [Fact]
    public Task A_message_that_is_too_large_is_reported() => FailsAsync(
        "Content",
        "The message is too large for localhost",
        "Send smaller attachments",
        "552",
        ("Port", MailServerPages.Invariant(site.Exim.SizeLimitPort)),
        ("UseTls", "false"),
        ("NeedsNoSignIn", "true"));

    [Fact]
    public async Task Rejected_content_is_reported()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("refusing", "localhost"), "--refuse-data", "554 5.7.1 This looks like spam");

        await FailsAsync("Content", "rejected the message because of its content", "text that looks like spam", "554 5.7.1 This looks like spam", ("Port", MailServerPages.Invariant(server.Port)));
    }

    [Fact]
    public async Task A_temporary_rejection_of_the_content_is_reported()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("busy", "localhost"), "--refuse-data", "451 4.7.1 Greylisted");

        await FailsAsync("Content", "can't accept the message right now", "Try again in 15 minutes.", "451 4.7.1 Greylisted", ("Port", MailServerPages.Invariant(server.Port)));
    }

    [Theory]
    [InlineData("--refuse-sender", "553 5.7.1 Not yours", "Sender", "rejected the sender")]
    [InlineData("--refuse-recipient", "550 5.1.1 Nobody here", "Recipient", "there is no such mailbox")]
    [InlineData("--refuse-data", "554 5.7.1 This looks like spam", "Content", "rejected the message")]
    public async Task A_rejection_is_reported_even_if_the_server_then_closes_the_connection(string option, string said, string step, string message)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"closing{option}", "localhost"), option, said, "--drop-on-reset");

        await FailsAsync(step, message, "", said, ("Port", MailServerPages.Invariant(server.Port)));
    }

    [Fact]
    public async Task A_password_with_a_character_that_cannot_be_used_to_sign_in_is_reported()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "clear", site.Trusted.Issue("scram", "localhost"), "--scram");

        await FailsAsync("Sign-in", "can't be used to sign in", "Re-enter the App Password", null, ("Port", MailServerPages.Invariant(server.Port)), ("UseTls", "false"), ("Password", "abc\ufffddef"));
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_issuer_is_rejected()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Untrusted.Issue("foreign", "localhost"));

        await FailsAsync("TLS", "its chain is incomplete. The server doesn't send the certificate of the issuer Foreign Authority", "an operator can add it to the trusted authorities", null, ("Port", MailServerPages.Invariant(server.Port)));
        Assert.Empty(Directory.GetFiles(server.ReceivedFolder));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_rejected()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "tls", site.Trusted.Issue("other", "mail.other.example"));

        await FailsAsync("TLS", "it is for mail.other.example, not for localhost", "Enter one of the certificate's names as Host", null, ("Port", MailServerPages.Invariant(server.Port)), ("UseTls", "false"), ("UseSsl", "true"));
        Assert.Empty(Directory.GetFiles(server.ReceivedFolder));
    }

    [Fact]
    public async Task An_expired_certificate_is_rejected()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("expired", "localhost", expired: true));

        await FailsAsync("TLS", "it is valid from", "has to renew it", null, ("Port", MailServerPages.Invariant(server.Port)));
        Assert.Empty(Directory.GetFiles(server.ReceivedFolder));
    }

    [Fact]
    public Task Implicit_TLS_on_a_STARTTLS_port_is_reported() => FailsAsync(
        "TLS",
        "doesn't use TLS from the start",
        "Set Use TLS to Yes and Use SSL to No",
        null,
        ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)),
        ("UseTls", "false"),
        ("UseSsl", "true"));

    [Fact]
    public Task STARTTLS_on_an_implicit_TLS_port_is_reported_within_a_short_timeout() => FailsAsync(
        "TLS",
        "expects TLS from the start",
        "Set Use SSL to Yes and Use TLS to No",
        null,
        ("Port", MailServerPages.Invariant(site.Exim.TlsPort)),
        ("TimeoutSeconds", "4"));

    [Fact]
    public async Task A_non_ASCII_address_requires_a_server_that_supports_it()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("ascii", "localhost"));
        await using var international = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("utf8", "localhost"), "--smtputf8");
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)));
        var result = await MailServerPages.SendTestAsync(admin, id, "jürgen@example.com");
        Assert.Contains("can't handle the address jürgen@example.com", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("SMTPUTF8", result.TextOf("#om-result .alert"), StringComparison.Ordinal);
        Assert.Equal("Recipient", FailedStep(result));
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id, "info@bücher.example")).TextOf("#om-result h2"), StringComparison.Ordinal);

        var other = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(international.Port)));
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, other, "jürgen@example.com")).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public Task STARTTLS_on_an_implicit_TLS_port_is_reported() => FailsAsync(
        "TLS",
        "expects TLS from the start",
        "Set Use SSL to Yes and Use TLS to No",
        null,
        ("Port", MailServerPages.Invariant(site.Exim.TlsPort)));

    [Fact]
    public async Task A_server_that_does_not_offer_STARTTLS_gets_nothing_unencrypted()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "clear", site.Trusted.Issue("clear", "localhost"));

        await FailsAsync("TLS", "doesn't offer STARTTLS", "Ask your provider which port offers TLS", null, ("Port", MailServerPages.Invariant(server.Port)));
        Assert.Empty(Directory.GetFiles(server.ReceivedFolder));
    }

    [Fact]
    public Task A_server_that_offers_no_sign_in_is_reported() => FailsAsync(
        "Sign-in",
        "doesn't offer a sign-in",
        "select 'No sign-in required'",
        null,
        ("Port", MailServerPages.Invariant(site.Exim.NoAuthPort)));

    [Fact]
    public Task A_relay_rejection_is_reported_as_a_missing_sign_in() => FailsAsync(
        "Sign-in",
        "localhost requires a sign-in.",
        "Clear 'No sign-in required'",
        "550 Relay not permitted",
        ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)),
        ("NeedsNoSignIn", "true"));

    [Fact]
    public async Task A_silent_server_is_reported_as_a_timeout()
    {
        using var server = new SilentServer();
        var watch = Stopwatch.StartNew();

        await FailsAsync(
            "Connection",
            $"localhost didn't respond on port {server.Port} within 2 seconds.",
            "increase Email Send Timeout",
            null,
            ("Port", MailServerPages.Invariant(server.Port)),
            ("TimeoutSeconds", "2"));
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_unanswered_TLS_handshake_is_reported_as_a_timeout()
    {
        using var server = new SilentServer();

        await FailsAsync(
            "TLS",
            "localhost didn't respond in time. The attempt ended after 2 seconds.",
            "increase Email Send Timeout",
            null,
            ("Port", MailServerPages.Invariant(server.Port)),
            ("UseTls", "false"),
            ("UseSsl", "true"),
            ("TimeoutSeconds", "2"));
    }

    [Fact]
    public async Task A_530_is_reported_as_a_missing_sign_in()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("needs-sign-in", "localhost"));

        await FailsAsync(
            "Sign-in",
            "localhost requires a sign-in.",
            "Clear 'No sign-in required'",
            "530",
            ("Port", MailServerPages.Invariant(server.Port)),
            ("Username", ""),
            ("Password", ""),
            ("NeedsNoSignIn", "true"));
    }

    [Fact]
    public Task A_closed_port_is_reported() => FailsAsync("Connection", "refused the connection", "No mail server is listening on this port", null, ("Port", MailServerPages.Invariant(FreePort.Next())));

    [Fact]
    public Task An_unknown_host_is_reported() => FailsAsync("Lookup", "no-such-host.invalid", "", null, ("Host", "no-such-host.invalid"));

    [Fact]
    public Task Fail_silently_does_not_hide_the_result_of_a_test() => FailsAsync(
        "Connection",
        "refused the connection",
        "No mail server is listening on this port",
        null,
        ("Port", MailServerPages.Invariant(FreePort.Next())),
        ("FailSilently", "true"));

    [Theory]
    [InlineData("", "Enter the address")]
    [InlineData("reader", "isn't a valid email address")]
    [InlineData("a@example.com, b@example.com", "isn't a valid email address")]
    [InlineData("a@example.com\r\nBcc: b@example.com", "isn't a valid email address")]
    public async Task An_invalid_recipient_is_reported_at_its_field(string typed, string message)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        var page = await MailServerPages.SendTestAsync(admin, id, typed);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf("#om-recipient-error"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#om-result"));
    }

    [Fact]
    public async Task The_default_recipient_is_the_signed_in_user()
    {
        using var admin = await site.SignInAsAdminAsync();

        Assert.Equal("admin@example.com", (await admin.GetAsync(MailServerPages.Test(await MailServerPages.CreateAsync(admin)))).Fields()["recipient"]);
    }

    private static string? FailedStep(WebPage page) => page.TextOf(".om-step-failed .om-step-name");

    private async Task FailsAsync(string step, string message, string advice, string? said, params (string Name, string? Value)[] values)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, values);
        var result = await MailServerPages.SendTestAsync(admin, id);

        Assert.Equal(HttpStatusCode.OK, result.Status);
        Assert.Contains("Not sent:", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains(message, result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains(advice, result.TextOf("#om-result .alert"), StringComparison.Ordinal);
        Assert.Equal(step, FailedStep(result));
        Assert.NotNull(result.Document.QuerySelector($"#om-result a[href^='{MailServerPages.Edit(id)}']"));

        // No step can fail after one that wasn't reached.
        Assert.Null(result.Document.QuerySelector(".om-step-notreached ~ .om-step-failed"));

        if (said is not null)
        {
            Assert.StartsWith(said, result.TextOf("#om-result code"), StringComparison.Ordinal);
        }
    }
}
