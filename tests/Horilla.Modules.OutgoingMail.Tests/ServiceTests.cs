using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The send service, as another module uses it.</summary>
[Collection(SiteCollection.Name)]
public sealed class ServiceTests(SiteFixture site)
{
    [Fact]
    public async Task Without_a_choice_a_message_is_sent_through_the_primary_server()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)), ("DisplayName", "The primary"));
        await MailServerPages.CreateAsync(admin, ("Port", "1"));
        var subject = $"By a module {Guid.NewGuid():N}";
        var result = await SendServiceClient.SendAsync(admin, ("subject", subject));

        Assert.Equal(SendServiceClient.Sent, (int)result["status"]!);
        Assert.Equal(id, (string?)result["configurationId"]);
        var mail = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message;
        Assert.Equal("\"The primary\" <info@acme.example>", mail.From.ToString());
        await site.Host.WaitForLogAsync($"Message {mail.MessageId} was sent through the mail server");
    }

    [Fact]
    public async Task A_server_can_be_chosen_by_its_ID()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", "1"));
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", chosen)))["status"]!);
    }

    [Fact]
    public async Task A_server_can_be_chosen_by_its_user_name_in_any_case()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("by-name");
        var first = await MailServerPages.CreateAsync(admin, ("Username", name), ("Port", "1"));
        var second = await MailServerPages.CreateAsync(admin, ("Username", name), ("Port", "1"));
        Assert.Equal(first, (string?)(await SendServiceClient.SendAsync(admin, ("username", name.ToUpperInvariant())))["configurationId"]);

        await (await admin.GetAsync(MailServerPages.Edit(second))).SubmitAsync(new() { [MailServerPages.Field("IsPrimary")] = "true" });
        Assert.Equal(second, (string?)(await SendServiceClient.SendAsync(admin, ("username", name)))["configurationId"]);
        var unknown = await SendServiceClient.SendAsync(admin, ("username", "nobody@nowhere.example"));
        Assert.Equal("configuration-unknown", (string?)unknown["error"]!["code"]);
        Assert.Contains("nobody@nowhere.example", (string?)unknown["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_domain_of_From_chooses_the_only_server_with_that_domain()
    {
        using var admin = await site.SignInAsAdminAsync();
        var domain = $"d{Guid.NewGuid():N}.example";
        var primary = await MailServerPages.CreateAsync(admin, ("Port", "1"), ("IsPrimary", "true"));
        var only = await MailServerPages.CreateAsync(admin, ("DefaultFrom", $"sales@{domain}"), ("Port", "1"));
        Assert.Equal(only, (string?)(await SendServiceClient.SendAsync(admin, ("from", $"Somebody@{domain.ToUpperInvariant()}")))["configurationId"]);
        Assert.Equal(primary, (string?)(await SendServiceClient.SendAsync(admin, ("from", $"somebody@{domain}"), ("notByFrom", "true")))["configurationId"]);

        await MailServerPages.CreateAsync(admin, ("DefaultFrom", $"info@{domain}"), ("Port", "1"));
        Assert.Equal(primary, (string?)(await SendServiceClient.SendAsync(admin, ("from", $"somebody@{domain}")))["configurationId"]);
    }

    [Fact]
    public async Task Another_From_is_kept_if_the_server_allows_it_with_the_address_of_the_server_as_Sender()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("others", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("AllowsOtherSenders", "true"));
        Assert.Equal("true", (await admin.GetAsync(MailServerPages.Edit(chosen))).Fields()[MailServerPages.Field("AllowsOtherSenders")]);
        var subject = $"From somebody else {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("from", "Somebody <somebody@example.com>"), ("sender", "forged@evil.example"));
        var mail = (await ReceivedMessage.WaitAsync(server.ReceivedFolder, subject)).Message;

        Assert.Equal("\"Somebody\" <somebody@example.com>", mail.From.ToString());
        Assert.Equal("info@acme.example", mail.Sender?.Address);
        Assert.Equal("info@acme.example", mail.Headers["X-Envelope-From"]);
        Assert.Empty(mail.ReplyTo);
    }

    [Theory]
    [InlineData("Ann O'Neil", "ann@example.com", "Ann O'Neil", "ann@example.com")]
    [InlineData("Zoë", "no address", "Zoë", null)]
    [InlineData("Eve\r\nBcc: victim@evil.example", "eve@example.com\r\nBcc: victim@evil.example", "Eve", null)]
    public async Task Background_work_can_name_the_acting_user(string name, string address, string shown, string? replyTo)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"acting-{Guid.NewGuid():N}", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("UseDynamicDisplayName", "true"));
        var subject = $"By the night run {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("actingName", name), ("actingAddress", address));
        var mail = (await ReceivedMessage.WaitAsync(server.ReceivedFolder, subject)).Message;

        Assert.StartsWith(shown, mail.From.Mailboxes.Single().Name, StringComparison.Ordinal);
        Assert.Equal(replyTo, mail.ReplyTo.Mailboxes.SingleOrDefault()?.Address);
        Assert.Equal("reader@example.com", mail.Headers["X-Envelope-To"]);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public async Task An_event_handler_is_called_for_each_message_and_can_change_it()
    {
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var subject = $"{Guid.NewGuid():N} (change) (throw)";
        await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject));
        var mail = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message;

        Assert.Equal($"{subject}, changed", mail.Subject);
        Assert.Equal("was here", mail.Headers["X-Listener"]);
        Assert.Equal([$"sending {subject}", $"sent {subject}, changed: Sent"], await HeardAsync(admin, subject));
    }

    [Fact]
    public async Task Telemetry_covers_each_message_and_contains_no_addresses()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MeasuredAsync(admin);
        var good = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var bad = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())), ("FailSilently", "true"));
        await SendServiceClient.SendAsync(admin, ("configurationId", good));
        await SendServiceClient.SendAsync(admin, ("configurationId", bad));
        var lines = (await MeasuredAsync(admin)).ToArray();

        Assert.Contains("horilla.outgoing_mail.duration s some horilla.mail.outcome=sent horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.Contains("horilla.outgoing_mail.duration s some error.type=connection-refused horilla.mail.outcome=failed horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.Contains("send mail Client Unset horilla.mail.outcome=sent horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.Contains("send mail Client Error error.type=connection-refused horilla.mail.outcome=failed horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.DoesNotContain(lines, line => line.Contains('@', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("(stop)", "stopped", "The customer wants no mail.")]
    [InlineData("(empty)", "no-recipient", "The message no longer has a recipient.")]
    public async Task An_event_handler_can_stop_a_message(string what, string code, string message)
    {
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)), ("FailSilently", "true"));
        var subject = $"{Guid.NewGuid():N} {what}";
        Assert.Equal(SendServiceClient.Suppressed, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject)))["status"]!);
        Assert.Equal([$"sending {subject}", $"failed {subject}: {code}"], await HeardAsync(admin, subject));
        await site.Host.WaitForLogAsync(message);
    }

    [Fact]
    public async Task Another_From_becomes_the_Reply_To()
    {
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var subject = $"From somebody {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("from", "somebody@example.com"));
        var mail = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message;

        Assert.Equal("info@acme.example", mail.From.Mailboxes.Single().Address);
        Assert.Equal("somebody@example.com", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task Sender_and_Resent_headers_do_not_reach_the_envelope()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("envelope", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)));
        var subject = $"Resent {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("sender", "forged@evil.example"), ("resentTo", "victim@evil.example"));
        var mail = (await ReceivedMessage.WaitAsync(server.ReceivedFolder, subject)).Message;

        Assert.Equal("info@acme.example", mail.Headers["X-Envelope-From"]);
        Assert.Equal("reader@example.com", mail.Headers["X-Envelope-To"]);
        Assert.DoesNotContain("evil.example", mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_recipients_do_not_prevent_delivery_to_the_others()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("partial");
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.NoAuthPort)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Username", name), ("Password", ""));
        var unique = $"{Guid.NewGuid():N}@example.com";
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("to", $"one-{unique}, {EximServer.RejectedRecipient}, two-{unique}"));

        Assert.Equal(SendServiceClient.PartiallySent, (int)result["status"]!);
        Assert.False((bool)result["isSent"]!);
        Assert.Null(result["error"]);
        var refusal = Assert.Single(result["refusedRecipients"]!.AsArray())!;
        Assert.Equal(EximServer.RejectedRecipient, (string?)refusal["address"]);
        Assert.Equal("recipient-refused", (string?)refusal["error"]!["code"]);
        Assert.Contains("No such mailbox", (string?)refusal["error"]!["serverResponse"], StringComparison.Ordinal);
        Assert.False((bool)refusal["error"]!["canRetry"]!);
        await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, $"Envelope-to: one-{unique}");
        await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, $"Envelope-to: two-{unique}");
        Assert.Contains("One recipient was rejected", (await admin.GetAsync($"{MailServerPages.List}?search={name}")).TextOf("tbody tr"), StringComparison.Ordinal);

        var diagnosis = await admin.GetAsync(MailServerPages.Diagnosis(chosen));
        Assert.Equal("Partially sent: the server rejected some recipients", diagnosis.TextOf("#om-result h2"));
        Assert.Contains($"{EximServer.RejectedRecipient}: localhost rejected the recipient", diagnosis.TextOf("#om-result li.alert"), StringComparison.Ordinal);
        Assert.Contains("No such mailbox", diagnosis.TextOf("#om-result li.alert code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_all_recipients_are_rejected_the_message_fails_with_the_error_of_the_first()
    {
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.NoAuthPort)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("to", $"{EximServer.RejectedRecipient}, {EximServer.RejectedRecipient}"));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.Equal("recipient-refused", (string?)result["error"]!["code"]);
        Assert.Contains("No such mailbox", (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blind_copy_arrives_and_is_hidden_from_other_recipients()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("blind", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)));
        var subject = $"Blind {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("bcc", "hidden@example.com"));
        var mail = await ReceivedMessage.WaitAsync(server.ReceivedFolder, subject);

        Assert.Equal("reader@example.com, hidden@example.com", mail.Message.Headers["X-Envelope-To"]);
        Assert.Single(mail.Raw.Split("hidden@example.com").Skip(1));
    }

    [Fact]
    public async Task A_slow_server_gets_only_one_connection()
    {
        using var server = new SilentServer();
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("TimeoutSeconds", "6"));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", chosen));

        Assert.Equal("timeout", (string?)result["error"]!["code"]);
        Assert.Contains("send a test message to find out", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
        Assert.Equal(1, server.AcceptPendingConnections());
    }

    [Fact]
    public async Task A_dynamic_display_name_is_the_name_of_the_sending_user()
    {
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)), ("UseDynamicDisplayName", "true"));
        var subject = $"Dynamic {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("subject", subject));
        var mail = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message;

        Assert.Equal("admin", mail.From.Mailboxes.Single().Name);
        Assert.Equal("info@acme.example", mail.From.Mailboxes.Single().Address);
        Assert.Equal("admin@example.com", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_dynamic_display_name_is_the_display_name_of_a_user_who_has_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = $"user{Guid.NewGuid():N}";
        await (await admin.GetAsync("/Admin/Users/Create")).SubmitAsync(new()
        {
            ["User.UserName"] = name,
            ["User.DisplayName"] = "山田太郎",
            ["User.Email"] = $"{name}@example.com",
            ["User.Password"] = "Password-9",
            ["User.PasswordConfirmation"] = "Password-9",
            ["User.Roles"] = "Administrator",
        });
        using var browser = site.Visitor();
        await browser.SignInAsync(name, "Password-9");
        var chosen = await MailServerPages.CreateAsync(browser, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)), ("UseDynamicDisplayName", "true"));
        var subject = $"Displayed {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(browser, ("configurationId", chosen), ("subject", subject));
        var mail = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message;

        Assert.Equal("山田太郎", mail.From.Mailboxes.Single().Name);
        Assert.Equal($"{name}@example.com", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_failure_has_a_step_a_code_and_a_next_step()
    {
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", chosen));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.Equal("connection-refused", (string?)result["error"]!["code"]);
        Assert.True((bool)result["error"]!["canRetry"]!);
        Assert.Equal((int)DeliveryStep.Connection, (int)result["error"]!["step"]!);
        Assert.NotEqual("", (string?)result["error"]!["nextStep"]);
    }

    [Fact]
    public async Task A_silent_failure_is_only_logged()
    {
        using var admin = await site.SignInAsAdminAsync();
        var port = FreePort.Next();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(port)), ("FailSilently", "true"));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", chosen));

        Assert.Equal(SendServiceClient.Suppressed, (int)result["status"]!);
        Assert.Null(result["error"]);
        await site.Host.WaitForLogAsync($"localhost refused the connection on port {port}.");
    }

    [Fact]
    public async Task Without_a_mail_server_the_error_names_the_page_to_add_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var result = await SendServiceClient.SendAsync(admin);

        Assert.Equal("nothing-configured", (string?)result["error"]!["code"]);
        await site.Host.WaitForLogAsync("because no mail server was found: nothing-configured.");
        Assert.Contains("Settings > Mail > Outgoing Mail Server", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_server_is_reported()
    {
        using var admin = await site.SignInAsAdminAsync();

        Assert.Equal("configuration-unknown", (string?)(await SendServiceClient.SendAsync(admin, ("configurationId", "00000000000000000000000000")))["error"]!["code"]);
    }

    [Fact]
    public async Task A_cancelled_request_is_not_a_failure()
    {
        using var admin = await site.SignInAsAdminAsync();
        var chosen = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));

        Assert.Equal("cancelled", (string?)(await SendServiceClient.SendAsync(admin, ("configurationId", chosen), ("cancelled", "true")))["status"]);
    }

    [Fact]
    public async Task A_message_without_a_recipient_throws()
    {
        using var admin = await site.SignInAsAdminAsync();

        Assert.Equal("message", (await admin.GetAsync("/Horilla.TestHost/Send/NoRecipient")).Text);
    }

    private static async Task<IEnumerable<string>> MeasuredAsync(WebBrowser browser)
        => JsonNode.Parse((await browser.GetAsync("/Horilla.TestHost/Send/Measured")).Text)!.AsArray().Select(line => (string)line!);

    private static async Task<IEnumerable<string>> HeardAsync(WebBrowser browser, string about)
        => JsonNode.Parse((await browser.GetAsync($"/Horilla.TestHost/Send/Heard?about={Uri.EscapeDataString(about)}")).Text)!.AsArray().Select(line => (string)line!);
}
