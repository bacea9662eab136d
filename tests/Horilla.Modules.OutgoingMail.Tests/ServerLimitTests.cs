using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Servers that limit messages, connections, recipients or sign-ins: everything that can be sent is sent.</summary>
[Collection(SiteCollection.Name)]
public sealed class ServerLimitTests(SiteFixture site)
{
    [Theory]
    [InlineData("AUTH PLAIN LOGIN")]
    [InlineData("AUTH CRAM-MD5 PLAIN LOGIN")]
    [InlineData("AUTH LOGIN PLAIN DIGEST-MD5")]
    public async Task A_rejected_password_is_reported_as_such_even_if_the_server_then_closes_the_connection(string offers)
    {
        await using var server = new FakeSmtpServer(Reject(closes: true), offers: offers);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var page = await MailServerPages.SendTestAsync(admin, id);

        Assert.Contains("127.0.0.1 rejected the sign-in of info@acme.example.", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal("535 5.7.8 Authentication failed", page.TextOf("#om-result code"));
        Assert.Equal(1, server.Count("AUTH"));
    }

    [Fact]
    public async Task A_rejected_password_is_tried_once_however_many_messages_wait()
    {
        await using var server = new FakeSmtpServer(Reject(closes: false));
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => SendServiceClient.SendAsync(admin, ("configurationId", id))));

        Assert.All(results, result =>
        {
            Assert.Equal("sign-in-refused", Code(result));
            Assert.Equal("535 5.7.8 Authentication failed", (string?)result["error"]!["serverResponse"]);
        });
        Assert.Equal(23, results.Count(result => ((string)result["error"]!["nextStep"]!).Contains("this password isn't tried again for 1 min", StringComparison.Ordinal)));
        Assert.Equal(1, server.Count("AUTH"));

        // A test message tries the password immediately, and so does the next message after an edit.
        await MailServerPages.SendTestAsync(admin, id);
        Assert.Equal(2, server.Count("AUTH"));
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Password")] = "another" });
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        Assert.Equal(3, server.Count("AUTH"));
    }

    [Fact]
    public async Task A_mechanism_that_the_server_does_not_know_is_not_a_rejected_password()
    {
        await using var server = new FakeSmtpServer((_, line) => line.StartsWith("AUTH PLAIN", StringComparison.Ordinal) ? new SmtpReply("504 5.7.4 Unrecognized authentication type\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        Assert.Equal(1, server.Count("AUTH LOGIN"));
    }

    [Fact]
    public async Task A_successful_test_message_ends_the_pause_after_a_rejection()
    {
        var isFixed = false;
        await using var server = new FakeSmtpServer((connection, command) => isFixed ? null : Reject(closes: false)(connection, command));
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        Assert.Equal("sign-in-refused", Code(await SendServiceClient.SendAsync(admin, ("configurationId", id))));
        isFixed = true;
        Assert.Equal("sign-in-refused", Code(await SendServiceClient.SendAsync(admin, ("configurationId", id))));
        await MailServerPages.SendTestAsync(admin, id);

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
    }

    [Theory]
    [InlineData("DATA", "452 4.3.1 Too many messages in this session")]
    [InlineData("MAIL", "451 4.7.1 Session limit")]
    [InlineData("RCPT", "450 Try again")]
    [InlineData(".", "451 4.3.0 Later")]
    public async Task A_server_with_a_message_limit_per_session_receives_all_messages(string command, string answer)
    {
        await using var server = new FakeSmtpServer((connection, line) => connection.Messages >= (command == "." ? 3 : 2) && line.StartsWith(command, StringComparison.Ordinal) ? new SmtpReply(answer + "\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port, ("MaxConnections", "1"));

        for (var number = 0; number < 8; number++)
        {
            Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        }

        Assert.Equal(8, server.Messages.Count);
        Assert.Equal(4, server.Connections);

        // One message was rejected. After that, the limit was known.
        Assert.Equal(1, server.Commands.Count(line => line.StartsWith("MAIL", StringComparison.Ordinal)) - 8);
    }

    [Fact]
    public async Task A_server_that_limits_connections_at_MAIL_receives_all_messages()
    {
        var admitted = new ConcurrentDictionary<int, bool>();
        await using var server = new FakeSmtpServer((connection, line) =>
        {
            if (!line.StartsWith("MAIL", StringComparison.Ordinal) || admitted.ContainsKey(connection.Number) || (admitted.IsEmpty && admitted.TryAdd(connection.Number, true)))
            {
                return null;
            }

            return "450 too many connections\r\n";
        });
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => SendServiceClient.SendAsync(admin, ("configurationId", id))));

        Assert.All(results, result => Assert.Equal(SendServiceClient.Sent, (int)result["status"]!));
        Assert.Equal(24, server.Messages.Count);
    }

    [Fact]
    public async Task A_temporary_failure_on_a_new_connection_is_reported_and_not_retried()
    {
        await using var server = new FakeSmtpServer((_, line) => line.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpReply("451 4.7.1 Greylisted\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal("temporary-failure", Code(result));
        Assert.True((bool)result["error"]!["canRetry"]!);
        Assert.Contains("can't accept email for reader@example.com right now", (string?)result["error"]!["message"], StringComparison.Ordinal);
        Assert.Contains("Try again in 15 minutes", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
        Assert.Equal(1, server.Count("MAIL"));
    }

    [Theory]
    [InlineData("452 4.5.3 Too many recipients")]
    [InlineData("452 Too many recipients")]
    [InlineData("552 Too many recipients")]
    public async Task Recipients_beyond_the_limit_of_a_transaction_are_sent_in_another_one(string answer)
    {
        var recipients = 0;
        await using var server = new FakeSmtpServer((_, line) =>
        {
            recipients = line.StartsWith("MAIL", StringComparison.Ordinal) ? 0 : recipients;

            return line.StartsWith("RCPT", StringComparison.Ordinal) && ++recipients > 2 ? new SmtpReply(answer + "\r\n") : null;
        });
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("to", "a@example.com, b@example.com, c@example.com, d@example.com, e@example.com"));

        Assert.Equal(SendServiceClient.Sent, (int)result["status"]!);
        Assert.Empty(result["refusedRecipients"]!.AsArray());
        Assert.Equal(3, server.Messages.Count);
        Assert.Single(server.Messages.Select(message => message.Split("Message-Id: ")[1].Split('\r')[0]).Distinct());
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("451 4.7.1 Too many messages in this session\r\n", false, 0)]
    [InlineData("", true, 0)]
    [InlineData("", true, 1)]
    public async Task Remaining_recipients_are_sent_over_another_connection_when_a_session_ends(string answer, bool closes, int before)
    {
        var recipients = new ConcurrentDictionary<int, int>();
        await using var server = new FakeSmtpServer((connection, line) =>
        {
            if (line.StartsWith("MAIL", StringComparison.Ordinal))
            {
                recipients[connection.Number] = 0;

                return connection.Messages == 2 ? new SmtpReply(answer, closes) : null;
            }

            return line.StartsWith("RCPT", StringComparison.Ordinal) && (recipients[connection.Number] += 1) > 2 ? new SmtpReply("452 4.5.3 Too many recipients\r\n") : null;
        });
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);

        for (var number = 0; number < before; number++)
        {
            await SendServiceClient.SendAsync(admin, ("configurationId", id));
        }

        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("to", "a@example.com, b@example.com, c@example.com, d@example.com, e@example.com"));

        Assert.Equal(SendServiceClient.Sent, (int)result["status"]!);
        Assert.Empty(result["refusedRecipients"]!.AsArray());
        Assert.Equal(3 + before, server.Messages.Count);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_failure_after_the_first_transaction_is_reported_by_recipient_and_nobody_gets_the_message_twice()
    {
        var accepted = 0;
        await using var server = new FakeSmtpServer((connection, line) => line switch
        {
            ['R', 'C', 'P', 'T', ..] when !line.Contains("a@", StringComparison.Ordinal) && connection.Messages == 0 => "452 4.5.3 Too many recipients\r\n",
            ['M', 'A', 'I', 'L', ..] when accepted++ > 0 => new SmtpReply("", Closes: true),
            _ => null,
        });
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("to", "a@example.com, b@example.com"));

        Assert.Equal(SendServiceClient.PartiallySent, (int)result["status"]!);
        var refusal = Assert.Single(result["refusedRecipients"]!.AsArray())!;
        Assert.Equal("b@example.com", (string?)refusal["address"]);
        Assert.Equal("connection-lost", (string?)refusal["error"]!["code"]);
        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData(null, "[127.0.0.1]")]
    [InlineData("crm.acme.example", "crm.acme.example")]
    [InlineData("[192.0.2.1]", "[192.0.2.1]")]
    public async Task The_EHLO_name_is_fully_qualified_or_an_address(string? setting, string expected)
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port, ("LocalDomain", setting));
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        var said = server.Commands.First(command => command.StartsWith("EHLO", StringComparison.Ordinal))["EHLO ".Length..];

        // A machine with a DNS name uses that name.
        Assert.True(said == expected || (setting is null && said.Contains('.', StringComparison.Ordinal) && Dns.GetHostEntry(Dns.GetHostName()).HostName == said), said);
    }

    [Fact]
    public async Task The_error_for_a_rejected_EHLO_name_names_the_setting()
    {
        await using var server = new FakeSmtpServer((_, line) => line.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpReply("504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal("ehlo-rejected", Code(result));
        Assert.Equal("LocalDomain", (string?)result["error"]!["field"]);
        Assert.Contains("EHLO name", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to", "jürgen@example.com", "Recipient")]
    [InlineData("bcc", "jürgen@example.com", "Recipient")]
    [InlineData("replyTo", "jürgen@example.com", "Sender")]
    public async Task A_non_ASCII_address_is_reported_before_anything_is_sent(string field, string address, string step)
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), (field, address));

        Assert.Equal("address-international", Code(result));
        Assert.Equal(Enum.Parse<DeliveryStep>(step), (DeliveryStep)(int)result["error"]!["step"]!);
        Assert.Equal(0, server.Count("MAIL"));
    }

    [Fact]
    public async Task A_server_that_offers_only_sign_in_with_tokens_is_reported()
    {
        await using var server = new FakeSmtpServer(offers: "AUTH XOAUTH2 OAUTHBEARER");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal("sign-in-mechanism", Code(result));
        Assert.Contains("It offers only: OAUTHBEARER, XOAUTH2.", (string?)result["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_password_with_spaces_gets_a_hint()
    {
        await using var server = new FakeSmtpServer(Reject(closes: false));
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port, ("Password", "abcd efgh ijkl mnop"));

        Assert.Contains("The stored password contains spaces", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_attachment_is_not_reported_as_a_server_failure()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        await SendServiceClient.SendAsync(admin, ("configurationId", id));

        foreach (var failsAt in (string[])["open", "0", "100000"])
        {
            var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("failingAttachment", failsAt));
            Assert.Equal("message-unreadable", Code(result));
            Assert.Contains("attachment", (string?)result["error"]!["message"], StringComparison.Ordinal);
        }

        // The server accepted no part of it as a message, and the next message is sent.
        Assert.Single(server.Messages);
        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        Assert.Equal(2, server.Messages.Count);
    }

    private static Func<FakeSmtpConnection, string, SmtpReply?> Reject(bool closes) => (connection, command) => command switch
    {
        ['A', 'U', 'T', 'H', ' ', 'C' or 'D', ..] => "334 PDE4OTYuNjk3MTcwOTUyQHBsYWluLmV4YW1wbGU+\r\n",
        ['A', 'U', 'T', 'H', ' ', 'L', ..] => null,
        ['A', 'U', 'T', 'H', ..] => new SmtpReply("535 5.7.8 Authentication failed\r\n", closes),
        _ when connection.Asked == 1 => new SmtpReply("535 5.7.8 Authentication failed\r\n", closes),
        ['M' or 'R' or 'D' or 'E' or 'Q' or 'N', ..] or "." => null,
        _ when connection.Asked == 0 => new SmtpReply("535 5.7.8 Authentication failed\r\n", closes),
        _ => null,
    };

    private static string? Code(JsonNode result) => (string?)result["error"]?["code"];

    private static Task<string> CreateAsync(WebBrowser admin, int port, params (string Name, string? Value)[] values)
        => MailServerPages.CreateAsync(admin, [("Host", "127.0.0.1"), ("Port", MailServerPages.Invariant(port)), ("UseTls", "false"), ("TimeoutSeconds", "20"), .. values]);
}
