using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The send service, as another module uses it.</summary>
[Collection(SiteCollection.Name)]
public sealed class ServiceTests(Site site)
{
    [Fact]
    public async Task Without_a_choice_a_mail_goes_through_the_primary()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)), ("DisplayName", "The primary"));
        await Servers.CreateAsync(admin, ("Port", "1"));
        var subject = $"By a module {Guid.NewGuid():N}";
        var result = await Mails.SendAsync(admin, ("subject", subject));

        Assert.Equal(Mails.Sent, (int)result["status"]!);
        Assert.Equal(id, (string?)result["configurationId"]);
        var mail = (await ReceivedMail.WaitAsync(site.Exim.Outbox, subject)).Message;
        Assert.Equal("\"The primary\" <info@acme.example>", mail.From.ToString());
        await site.Host.LogsAsync($"The mail {mail.MessageId} went out through the server");
    }

    [Fact]
    public async Task A_configuration_can_be_chosen_by_its_id()
    {
        using var admin = await site.AdminAsync();
        await Servers.CreateAsync(admin, ("Port", "1"));
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", chosen)))["status"]!);
    }

    [Fact]
    public async Task A_configuration_can_be_chosen_by_its_user_name_without_regard_to_case()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("by-name");
        var first = await Servers.CreateAsync(admin, ("Username", name), ("Port", "1"));
        var second = await Servers.CreateAsync(admin, ("Username", name), ("Port", "1"));
        Assert.Equal(first, (string?)(await Mails.SendAsync(admin, ("username", name.ToUpperInvariant())))["configurationId"]);

        await (await admin.GetAsync(Servers.Edit(second))).SubmitAsync(new() { [Servers.Field("IsPrimary")] = "true" });
        Assert.Equal(second, (string?)(await Mails.SendAsync(admin, ("username", name)))["configurationId"]);
        var unknown = await Mails.SendAsync(admin, ("username", "nobody@nowhere.example"));
        Assert.Equal("configuration-unknown", (string?)unknown["error"]!["code"]);
        Assert.Contains("nobody@nowhere.example", (string?)unknown["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_domain_of_the_sender_chooses_the_only_configuration_that_has_it()
    {
        using var admin = await site.AdminAsync();
        var domain = $"d{Guid.NewGuid():N}.example";
        var primary = await Servers.CreateAsync(admin, ("Port", "1"), ("IsPrimary", "true"));
        var only = await Servers.CreateAsync(admin, ("DefaultFrom", $"sales@{domain}"), ("Port", "1"));
        Assert.Equal(only, (string?)(await Mails.SendAsync(admin, ("from", $"Somebody@{domain.ToUpperInvariant()}")))["configurationId"]);
        Assert.Equal(primary, (string?)(await Mails.SendAsync(admin, ("from", $"somebody@{domain}"), ("notByFrom", "true")))["configurationId"]);

        await Servers.CreateAsync(admin, ("DefaultFrom", $"info@{domain}"), ("Port", "1"));
        Assert.Equal(primary, (string?)(await Mails.SendAsync(admin, ("from", $"somebody@{domain}")))["configurationId"]);
    }

    [Fact]
    public async Task Another_sender_is_kept_where_the_server_allows_it_with_the_servers_address_as_sender()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("others", "localhost"));
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)), ("AllowsOtherSenders", "true"));
        Assert.Equal("true", (await admin.GetAsync(Servers.Edit(chosen))).Fields()[Servers.Field("AllowsOtherSenders")]);
        var subject = $"From somebody else {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("from", "Somebody <somebody@example.com>"), ("sender", "forged@evil.example"));
        var mail = (await ReceivedMail.WaitAsync(server.Outbox, subject)).Message;

        Assert.Equal("\"Somebody\" <somebody@example.com>", mail.From.ToString());
        Assert.Equal("info@acme.example", mail.Sender?.Address);
        Assert.Equal("info@acme.example", mail.Headers["X-Envelope-From"]);
        Assert.Empty(mail.ReplyTo);
    }

    [Theory]
    [InlineData("Ann O'Neil", "ann@example.com", "Ann O'Neil", "ann@example.com")]
    [InlineData("Zoë", "no address", "Zoë", null)]
    [InlineData("Eve\r\nBcc: victim@evil.example", "eve@example.com\r\nBcc: victim@evil.example", "Eve", null)]
    public async Task Background_work_names_the_user_who_causes_a_mail(string name, string address, string shown, string? replyTo)
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"acting-{Guid.NewGuid():N}", "localhost"));
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)), ("UseDynamicDisplayName", "true"));
        var subject = $"By the night run {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("actingName", name), ("actingAddress", address));
        var mail = (await ReceivedMail.WaitAsync(server.Outbox, subject)).Message;

        Assert.StartsWith(shown, mail.From.Mailboxes.Single().Name, StringComparison.Ordinal);
        Assert.Equal(replyTo, mail.ReplyTo.Mailboxes.SingleOrDefault()?.Address);
        Assert.Equal("reader@example.com", mail.Headers["X-Envelope-To"]);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public async Task Another_module_hears_of_each_mail_and_may_change_it()
    {
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var subject = $"{Guid.NewGuid():N} (change) (throw)";
        await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject));
        var mail = (await ReceivedMail.WaitAsync(site.Exim.Outbox, subject)).Message;

        Assert.Equal($"{subject}, changed", mail.Subject);
        Assert.Equal("was here", mail.Headers["X-Listener"]);
        Assert.Equal([$"sending {subject}", $"sent {subject}, changed: Sent"], await HeardAsync(admin, subject));
    }

    [Fact]
    public async Task Monitoring_sees_each_mail_and_nobodys_address()
    {
        using var admin = await site.AdminAsync();
        await MeasuredAsync(admin);
        var good = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var bad = await Servers.CreateAsync(admin, ("Port", Servers.Text(FreePort.Next())), ("FailSilently", "true"));
        await Mails.SendAsync(admin, ("configurationId", good));
        await Mails.SendAsync(admin, ("configurationId", bad));
        var lines = (await MeasuredAsync(admin)).ToArray();

        Assert.Contains("horilla.outgoing_mail.duration s some horilla.mail.outcome=sent horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.Contains("horilla.outgoing_mail.duration s some error.type=connection-refused horilla.mail.outcome=failed horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.Contains("send mail Client Unset horilla.mail.outcome=sent horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.Contains("send mail Client Error error.type=connection-refused horilla.mail.outcome=failed horilla.mail_server.type=Mail horilla.tenant=Default", lines);
        Assert.DoesNotContain(lines, line => line.Contains('@', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("(stop)", "stopped", "The customer wants no mail.")]
    [InlineData("(empty)", "no-recipient", "The mail has no recipient any more.")]
    public async Task Another_module_may_stop_a_mail(string what, string code, string message)
    {
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)), ("FailSilently", "true"));
        var subject = $"{Guid.NewGuid():N} {what}";
        Assert.Equal(Mails.Suppressed, (int)(await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject)))["status"]!);
        Assert.Equal([$"sending {subject}", $"failed {subject}: {code}"], await HeardAsync(admin, subject));
        await site.Host.LogsAsync(message);
    }

    [Fact]
    public async Task Another_sender_becomes_the_reply_to()
    {
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var subject = $"From somebody {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("from", "somebody@example.com"));
        var mail = (await ReceivedMail.WaitAsync(site.Exim.Outbox, subject)).Message;

        Assert.Equal("info@acme.example", mail.From.Mailboxes.Single().Address);
        Assert.Equal("somebody@example.com", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_sender_or_recipient_by_another_header_does_not_get_onto_the_envelope()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("envelope", "localhost"));
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)));
        var subject = $"Resent {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("sender", "forged@evil.example"), ("resentTo", "victim@evil.example"));
        var mail = (await ReceivedMail.WaitAsync(server.Outbox, subject)).Message;

        Assert.Equal("info@acme.example", mail.Headers["X-Envelope-From"]);
        Assert.Equal("reader@example.com", mail.Headers["X-Envelope-To"]);
        Assert.DoesNotContain("evil.example", mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_who_are_refused_keep_the_mail_from_nobody_else()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("partial");
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.OpenPort)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Username", name), ("Password", ""));
        var unique = $"{Guid.NewGuid():N}@example.com";
        var result = await Mails.SendAsync(admin, ("configurationId", chosen), ("to", $"one-{unique}, {EximServer.RefusedRecipient}, two-{unique}"));

        Assert.Equal(Mails.PartiallySent, (int)result["status"]!);
        Assert.False((bool)result["isSent"]!);
        Assert.Null(result["error"]);
        var refusal = Assert.Single(result["refusedRecipients"]!.AsArray())!;
        Assert.Equal(EximServer.RefusedRecipient, (string?)refusal["address"]);
        Assert.Equal("recipient-refused", (string?)refusal["error"]!["code"]);
        Assert.Contains("No such mailbox", (string?)refusal["error"]!["serverResponse"], StringComparison.Ordinal);
        Assert.False((bool)refusal["error"]!["canRetry"]!);
        await ReceivedMail.WaitAsync(site.Exim.Outbox, $"Envelope-to: one-{unique}");
        await ReceivedMail.WaitAsync(site.Exim.Outbox, $"Envelope-to: two-{unique}");
        Assert.Contains("One recipient was refused", (await admin.GetAsync($"{Servers.List}?search={name}")).One("tbody tr"), StringComparison.Ordinal);

        var diagnosis = await admin.GetAsync(Servers.Diagnosis(chosen));
        Assert.Equal("Sent to some: the server refused other recipients", diagnosis.One("#om-result h2"));
        Assert.Contains($"{EximServer.RefusedRecipient}: localhost rejected the recipient", diagnosis.One("#om-result li.alert"), StringComparison.Ordinal);
        Assert.Contains("No such mailbox", diagnosis.One("#om-result li.alert code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_recipients_are_refused_the_mail_has_failed_with_the_reason_of_the_first()
    {
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.OpenPort)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""));
        var result = await Mails.SendAsync(admin, ("configurationId", chosen), ("to", $"{EximServer.RefusedRecipient}, {EximServer.RefusedRecipient}"));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.Equal("recipient-refused", (string?)result["error"]!["code"]);
        Assert.Contains("No such mailbox", (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blind_copy_reaches_its_reader_and_nobody_else_sees_it()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("blind", "localhost"));
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)));
        var subject = $"Blind {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject), ("bcc", "hidden@example.com"));
        var mail = await ReceivedMail.WaitAsync(server.Outbox, subject);

        Assert.Equal("reader@example.com, hidden@example.com", mail.Message.Headers["X-Envelope-To"]);
        Assert.Single(mail.Raw.Split("hidden@example.com").Skip(1));
    }

    [Fact]
    public async Task A_slow_server_gets_one_connection_alone()
    {
        using var server = new SilentServer();
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)), ("TimeoutSeconds", "6"));
        var result = await Mails.SendAsync(admin, ("configurationId", chosen));

        Assert.Equal("timeout", (string?)result["error"]!["code"]);
        Assert.Contains("a test mail finds out", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
        Assert.Equal(1, server.CountConnections());
    }

    [Fact]
    public async Task A_dynamic_display_name_is_the_user_who_sends()
    {
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)), ("UseDynamicDisplayName", "true"));
        var subject = $"Dynamic {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", chosen), ("subject", subject));
        var mail = (await ReceivedMail.WaitAsync(site.Exim.Outbox, subject)).Message;

        Assert.Equal("admin", mail.From.Mailboxes.Single().Name);
        Assert.Equal("info@acme.example", mail.From.Mailboxes.Single().Address);
        Assert.Equal("admin@example.com", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_failure_is_a_result_with_step_code_and_next_step()
    {
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(FreePort.Next())));
        var result = await Mails.SendAsync(admin, ("configurationId", chosen));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.Equal("connection-refused", (string?)result["error"]!["code"]);
        Assert.True((bool)result["error"]!["canRetry"]!);
        Assert.Equal((int)DeliveryStep.Connection, (int)result["error"]!["step"]!);
        Assert.NotEqual("", (string?)result["error"]!["nextStep"]);
    }

    [Fact]
    public async Task Failing_silently_tells_the_log_alone()
    {
        using var admin = await site.AdminAsync();
        var port = FreePort.Next();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(port)), ("FailSilently", "true"));
        var result = await Mails.SendAsync(admin, ("configurationId", chosen));

        Assert.Equal(Mails.Suppressed, (int)result["status"]!);
        Assert.Null(result["error"]);
        await site.Host.LogsAsync($"localhost refused the connection on port {port}.");
    }

    [Fact]
    public async Task Nothing_configured_is_told_with_the_page_to_go_to()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var result = await Mails.SendAsync(admin);

        Assert.Equal("nothing-configured", (string?)result["error"]!["code"]);
        await site.Host.LogsAsync("for want of a server: nothing-configured.");
        Assert.Contains("Settings > Mail > Outgoing Mail Server", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_configuration_is_told()
    {
        using var admin = await site.AdminAsync();

        Assert.Equal("configuration-unknown", (string?)(await Mails.SendAsync(admin, ("configurationId", "00000000000000000000000000")))["error"]!["code"]);
    }

    [Fact]
    public async Task A_cancelled_request_is_no_failure()
    {
        using var admin = await site.AdminAsync();
        var chosen = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));

        Assert.Equal("cancelled", (string?)(await Mails.SendAsync(admin, ("configurationId", chosen), ("cancelled", "true")))["status"]);
    }

    [Fact]
    public async Task A_message_without_a_recipient_is_a_mistake_of_the_caller()
    {
        using var admin = await site.AdminAsync();

        Assert.Equal("message", (await admin.GetAsync("/Horilla.TestHost/Send/NoRecipient")).Text);
    }

    private static async Task<IEnumerable<string>> MeasuredAsync(WebBrowser browser)
        => JsonNode.Parse((await browser.GetAsync("/Horilla.TestHost/Send/Measured")).Text)!.AsArray().Select(line => (string)line!);

    private static async Task<IEnumerable<string>> HeardAsync(WebBrowser browser, string about)
        => JsonNode.Parse((await browser.GetAsync($"/Horilla.TestHost/Send/Heard?about={Uri.EscapeDataString(about)}")).Text)!.AsArray().Select(line => (string)line!);
}
