using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Servers that accept so many messages, connections, recipients or sign-ins and no more: what can be sent is sent.</summary>
[Collection(SiteCollection.Name)]
public sealed class ServerLimitTests(Site site)
{
    [Theory]
    [InlineData("AUTH PLAIN LOGIN")]
    [InlineData("AUTH CRAM-MD5 PLAIN LOGIN")]
    [InlineData("AUTH LOGIN PLAIN DIGEST-MD5")]
    public async Task A_rejected_password_is_told_as_such_by_a_server_that_closes_after_it(string offers)
    {
        await using var server = new PlainSmtpServer(Reject(closes: true), offers: offers);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var page = await Servers.SendTestAsync(admin, id);

        Assert.Contains("127.0.0.1 rejected the sign-in of info@acme.example.", page.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal("535 5.7.8 Authentication failed", page.One("#om-result code"));
        Assert.Equal(1, server.Count("AUTH"));
    }

    [Fact]
    public async Task A_rejected_password_is_offered_once_however_many_messages_wait()
    {
        await using var server = new PlainSmtpServer(Reject(closes: false));
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Mails.SendAsync(admin, ("configurationId", id))));

        Assert.All(results, result =>
        {
            Assert.Equal("sign-in-refused", Code(result));
            Assert.Equal("535 5.7.8 Authentication failed", (string?)result["error"]!["serverResponse"]);
        });
        Assert.Equal(23, results.Count(result => ((string)result["error"]!["nextStep"]!).Contains("the next message tries this password in 1 minutes", StringComparison.Ordinal)));
        Assert.Equal(1, server.Count("AUTH"));

        // Who asks for it is told at once how it goes, and so is an edit.
        await Servers.SendTestAsync(admin, id);
        Assert.Equal(2, server.Count("AUTH"));
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("Password")] = "another" });
        await Mails.SendAsync(admin, ("configurationId", id));
        Assert.Equal(3, server.Count("AUTH"));
    }

    [Fact]
    public async Task A_mechanism_that_the_server_does_not_know_is_no_rejected_password()
    {
        await using var server = new PlainSmtpServer((_, line) => line.StartsWith("AUTH PLAIN", StringComparison.Ordinal) ? new SmtpAnswer("504 5.7.4 Unrecognized authentication type\r\n") : null);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        Assert.Equal(1, server.Count("AUTH LOGIN"));
    }

    [Fact]
    public async Task A_test_message_that_works_ends_the_pause_after_a_rejection()
    {
        var isFixed = false;
        await using var server = new PlainSmtpServer((connection, command) => isFixed ? null : Reject(closes: false)(connection, command));
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        Assert.Equal("sign-in-refused", Code(await Mails.SendAsync(admin, ("configurationId", id))));
        isFixed = true;
        Assert.Equal("sign-in-refused", Code(await Mails.SendAsync(admin, ("configurationId", id))));
        await Servers.SendTestAsync(admin, id);

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
    }

    [Theory]
    [InlineData("DATA", "452 4.3.1 Too many messages in this session")]
    [InlineData("MAIL", "451 4.7.1 Session limit")]
    [InlineData("RCPT", "450 Try again")]
    [InlineData(".", "451 4.3.0 Later")]
    public async Task A_server_with_a_limit_of_messages_for_each_session_gets_them_all(string command, string answer)
    {
        await using var server = new PlainSmtpServer((connection, line) => connection.Messages >= (command == "." ? 3 : 2) && line.StartsWith(command, StringComparison.Ordinal) ? new SmtpAnswer(answer + "\r\n") : null);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port, ("MaxConnections", "1"));

        for (var number = 0; number < 8; number++)
        {
            Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        }

        Assert.Equal(8, server.Messages.Count);
        Assert.Equal(4, server.Connections);

        // Once it was rejected, and then the limit was known.
        Assert.Equal(1, server.Commands.Count(line => line.StartsWith("MAIL", StringComparison.Ordinal)) - 8);
    }

    [Fact]
    public async Task A_server_that_counts_connections_at_the_sender_gets_all_messages()
    {
        var admitted = new ConcurrentDictionary<int, bool>();
        await using var server = new PlainSmtpServer((connection, line) =>
        {
            if (!line.StartsWith("MAIL", StringComparison.Ordinal) || admitted.ContainsKey(connection.Number) || (admitted.IsEmpty && admitted.TryAdd(connection.Number, true)))
            {
                return null;
            }

            return "450 too many connections\r\n";
        });
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Mails.SendAsync(admin, ("configurationId", id))));

        Assert.All(results, result => Assert.Equal(Mails.Sent, (int)result["status"]!));
        Assert.Equal(24, server.Messages.Count);
    }

    [Fact]
    public async Task A_temporary_failure_on_a_new_connection_is_told_and_not_repeated()
    {
        await using var server = new PlainSmtpServer((_, line) => line.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpAnswer("451 4.7.1 Greylisted\r\n") : null);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id));

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
    public async Task More_recipients_than_a_transaction_may_have_go_in_another_one(string answer)
    {
        var recipients = 0;
        await using var server = new PlainSmtpServer((_, line) =>
        {
            recipients = line.StartsWith("MAIL", StringComparison.Ordinal) ? 0 : recipients;

            return line.StartsWith("RCPT", StringComparison.Ordinal) && ++recipients > 2 ? new SmtpAnswer(answer + "\r\n") : null;
        });
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id), ("to", "a@example.com, b@example.com, c@example.com, d@example.com, e@example.com"));

        Assert.Equal(Mails.Sent, (int)result["status"]!);
        Assert.Empty(result["refusedRecipients"]!.AsArray());
        Assert.Equal(3, server.Messages.Count);
        Assert.Single(server.Messages.Select(message => message.Split("Message-Id: ")[1].Split('\r')[0]).Distinct());
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("451 4.7.1 Too many messages in this session\r\n", false, 0)]
    [InlineData("", true, 0)]
    [InlineData("", true, 1)]
    public async Task Recipients_who_are_left_when_a_session_ends_go_on_another_connection(string answer, bool closes, int before)
    {
        var recipients = new ConcurrentDictionary<int, int>();
        await using var server = new PlainSmtpServer((connection, line) =>
        {
            if (line.StartsWith("MAIL", StringComparison.Ordinal))
            {
                recipients[connection.Number] = 0;

                return connection.Messages == 2 ? new SmtpAnswer(answer, closes) : null;
            }

            return line.StartsWith("RCPT", StringComparison.Ordinal) && (recipients[connection.Number] += 1) > 2 ? new SmtpAnswer("452 4.5.3 Too many recipients\r\n") : null;
        });
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);

        for (var number = 0; number < before; number++)
        {
            await Mails.SendAsync(admin, ("configurationId", id));
        }

        var result = await Mails.SendAsync(admin, ("configurationId", id), ("to", "a@example.com, b@example.com, c@example.com, d@example.com, e@example.com"));

        Assert.Equal(Mails.Sent, (int)result["status"]!);
        Assert.Empty(result["refusedRecipients"]!.AsArray());
        Assert.Equal(3 + before, server.Messages.Count);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task What_fails_after_the_first_transaction_is_told_by_recipient_and_sent_to_nobody_twice()
    {
        var accepted = 0;
        await using var server = new PlainSmtpServer((connection, line) => line switch
        {
            ['R', 'C', 'P', 'T', ..] when !line.Contains("a@", StringComparison.Ordinal) && connection.Messages == 0 => "452 4.5.3 Too many recipients\r\n",
            ['M', 'A', 'I', 'L', ..] when accepted++ > 0 => new SmtpAnswer("", Closes: true),
            _ => null,
        });
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id), ("to", "a@example.com, b@example.com"));

        Assert.Equal(Mails.PartiallySent, (int)result["status"]!);
        var refusal = Assert.Single(result["refusedRecipients"]!.AsArray())!;
        Assert.Equal("b@example.com", (string?)refusal["address"]);
        Assert.Equal("connection-lost", (string?)refusal["error"]!["code"]);
        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData(null, "[127.0.0.1]")]
    [InlineData("crm.acme.example", "crm.acme.example")]
    [InlineData("[192.0.2.1]", "[192.0.2.1]")]
    public async Task The_name_in_EHLO_is_fully_qualified_or_an_address(string? setting, string expected)
    {
        await using var server = new PlainSmtpServer();
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port, ("LocalDomain", setting));
        await Mails.SendAsync(admin, ("configurationId", id));
        var said = server.Commands.First(command => command.StartsWith("EHLO", StringComparison.Ordinal))["EHLO ".Length..];

        // A machine with a name in the DNS says that one.
        Assert.True(said == expected || (setting is null && said.Contains('.', StringComparison.Ordinal) && Dns.GetHostEntry(Dns.GetHostName()).HostName == said), said);
    }

    [Fact]
    public async Task A_rejected_EHLO_name_names_the_setting()
    {
        await using var server = new PlainSmtpServer((_, line) => line.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpAnswer("504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname\r\n") : null);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal("ehlo-rejected", Code(result));
        Assert.Equal("LocalDomain", (string?)result["error"]!["field"]);
        Assert.Contains("EHLO name", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to", "jürgen@example.com", "Recipient")]
    [InlineData("bcc", "jürgen@example.com", "Recipient")]
    [InlineData("replyTo", "jürgen@example.com", "Sender")]
    public async Task An_address_beyond_ASCII_is_told_before_anything_is_sent(string field, string address, string step)
    {
        await using var server = new PlainSmtpServer();
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id), (field, address));

        Assert.Equal("address-international", Code(result));
        Assert.Equal(Enum.Parse<DeliveryStep>(step), (DeliveryStep)(int)result["error"]!["step"]!);
        Assert.Equal(0, server.Count("MAIL"));
    }

    [Fact]
    public async Task Only_a_sign_in_with_tokens_is_named()
    {
        await using var server = new PlainSmtpServer(offers: "AUTH XOAUTH2 OAUTHBEARER");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal("sign-in-mechanism", Code(result));
        Assert.Contains("It offers only: OAUTHBEARER, XOAUTH2.", (string?)result["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spaces_in_a_rejected_password_are_hinted_at()
    {
        await using var server = new PlainSmtpServer(Reject(closes: false));
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port, ("Password", "abcd efgh ijkl mnop"));

        Assert.Contains("The stored password has spaces", (await Servers.SendTestAsync(admin, id)).One("#om-result"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_that_cannot_be_read_is_no_fault_of_the_server()
    {
        await using var server = new PlainSmtpServer();
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        await Mails.SendAsync(admin, ("configurationId", id));

        foreach (var failsAt in (string[])["open", "0", "100000"])
        {
            var result = await Mails.SendAsync(admin, ("configurationId", id), ("failingAttachment", failsAt));
            Assert.Equal("message-unreadable", Code(result));
            Assert.Contains("attachment", (string?)result["error"]!["message"], StringComparison.Ordinal);
        }

        // Nothing of it was taken for a message, and the next one goes.
        Assert.Single(server.Messages);
        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        Assert.Equal(2, server.Messages.Count);
    }

    private static Func<PlainSmtpConnection, string, SmtpAnswer?> Reject(bool closes) => (connection, command) => command switch
    {
        ['A', 'U', 'T', 'H', ' ', 'C' or 'D', ..] => "334 PDE4OTYuNjk3MTcwOTUyQHBsYWluLmV4YW1wbGU+\r\n",
        ['A', 'U', 'T', 'H', ' ', 'L', ..] => null,
        ['A', 'U', 'T', 'H', ..] => new SmtpAnswer("535 5.7.8 Authentication failed\r\n", closes),
        _ when connection.Asked == 1 => new SmtpAnswer("535 5.7.8 Authentication failed\r\n", closes),
        ['M' or 'R' or 'D' or 'E' or 'Q' or 'N', ..] or "." => null,
        _ when connection.Asked == 0 => new SmtpAnswer("535 5.7.8 Authentication failed\r\n", closes),
        _ => null,
    };

    private static string? Code(JsonNode result) => (string?)result["error"]?["code"];

    private static Task<string> CreateAsync(WebBrowser admin, int port, params (string Name, string? Value)[] values)
        => Servers.CreateAsync(admin, [("Host", "127.0.0.1"), ("Port", Servers.Text(port)), ("UseTls", "false"), ("TimeoutSeconds", "20"), .. values]);
}
