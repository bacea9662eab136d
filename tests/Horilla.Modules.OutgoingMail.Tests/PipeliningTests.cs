using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Commands are sent together if the server supports pipelining (RFC 2920). The content never is.</summary>
[Collection(SiteCollection.Name)]
public sealed class PipeliningTests(SiteFixture site)
{
    private const string Hello = "250-scripted\r\n250-PIPELINING\r\n250 8BITMIME\r\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sender_recipients_and_DATA_are_sent_in_one_group(bool inPieces)
    {
        // Nothing is answered before the end of the group has arrived: a client that waits for an earlier reply would wait forever.
        await using var server = new ScriptedSmtpServer(
            line => line switch
            {
                _ when line.StartsWith("EHLO", StringComparison.Ordinal) => Hello,
                "DATA" => "250-2.1.0\r\n250 2.1.0 Sender OK\r\n250 2.1.5 Recipient OK\r\n550 5.1.1 Unknown\r\n354 Go on\r\n",
                "." => "250 2.0.0 Taken\r\n",
                "QUIT" => "221 Bye\r\n",
                _ => null,
            },
            inPieces);
        using var admin = await site.SignInAsAdminAsync();
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", await CreateAsync(admin, server)), ("to", "a@example.com, b@example.com"));

        Assert.Equal(SendServiceClient.PartiallySent, (int)result["status"]!);
        Assert.Equal("b@example.com", (string?)result["refusedRecipients"]![0]!["address"]);
        Assert.Equal("2.0.0 Taken", (string?)result["serverResponse"]);
        Assert.Single(server.ReceivedLines, line => line == "DATA");
        Assert.Contains("Subject: By a module", server.ReceivedLines);
    }

    [Fact]
    public async Task If_all_recipients_are_rejected_no_content_is_sent_even_if_the_server_asks_for_it()
    {
        await using var server = new ScriptedSmtpServer(line => line switch
        {
            _ when line.StartsWith("EHLO", StringComparison.Ordinal) => Hello,
            _ when line.StartsWith("MAIL", StringComparison.Ordinal) => "250 OK\r\n",
            _ when line.StartsWith("RCPT", StringComparison.Ordinal) => "550 5.1.1 Unknown\r\n",
            "DATA" => "354 Go on\r\n",
            _ => "250 OK\r\n",
        });
        using var admin = await site.SignInAsAdminAsync();
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", await CreateAsync(admin, server)));
        await server.Disconnected;

        Assert.Equal("recipient-refused", (string?)result["error"]!["code"]);
        Assert.Equal("550 5.1.1 Unknown", (string?)result["error"]!["serverResponse"]);

        // Not even the final dot was sent, which would have made an empty message.
        Assert.Equal("DATA", server.ReceivedLines.Last());
    }

    [Fact]
    public async Task A_rejected_group_keeps_the_connection_open_for_the_next_message()
    {
        var refuse = true;
        await using var server = new ScriptedSmtpServer(line => line switch
        {
            _ when line.StartsWith("EHLO", StringComparison.Ordinal) => Hello,
            _ when line.StartsWith("MAIL", StringComparison.Ordinal) => "250 OK\r\n",
            _ when line.StartsWith("RCPT", StringComparison.Ordinal) => refuse ? "550 5.1.1 Unknown\r\n" : "250 OK\r\n",
            "DATA" => refuse ? "503-5.5.1 There is\r\n503 5.5.1 nobody\r\n" : "354 Go on\r\n",
            "RSET" or "QUIT" => "250 OK\r\n",
            "." => "250 2.0.0 Taken\r\n",
            _ => null,
        });
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        Assert.Equal("recipient-refused", (string?)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["error"]!["code"]);
        refuse = false;

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        Assert.Single(server.ReceivedLines, line => line.StartsWith("EHLO", StringComparison.Ordinal));
        Assert.Single(server.ReceivedLines, line => line == "RSET");
    }

    [Fact]
    public async Task A_server_without_pipelining_gets_one_command_at_a_time()
    {
        await using var server = new ScriptedSmtpServer(line => Obliging(line, "250 scripted\r\n"));
        using var admin = await site.SignInAsAdminAsync();

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", await CreateAsync(admin, server))))["status"]!);
        Assert.Equal(1, server.MaxPipelinedCommands);
    }

    [Theory]
    [InlineData("true", 3)]
    [InlineData("false", 1)]
    public async Task An_operator_can_turn_off_pipelining(string setting, int most)
    {
        await using var server = new ScriptedSmtpServer(line => Obliging(line, Hello));
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", site.Folder.CreateSubfolder($"pipelining-{setting}"), trustedAuthority: null, ("OrchardCore__Horilla_OutgoingMail_Smtp__Pipelining", setting));
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", await CreateAsync(admin, server))))["status"]!);
        Assert.Equal(most, server.MaxPipelinedCommands);
    }

    [Fact]
    public async Task A_text_that_looks_like_commands_is_sent_as_text()
    {
        // Among so many lines of 17 bytes, one starts a block of the content. The server sends no reply to these lines.
        await using var server = new ScriptedSmtpServer(line => line == "." ? "250 2.0.0 Taken\r\n" : line.StartsWith("MAIL FROM:xx", StringComparison.Ordinal) ? null : Obliging(line, Hello));
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var text = string.Concat(Enumerable.Repeat("MAIL FROM:xx\r\n\r\n ", 8_000));

        for (var number = 0; number < 3; number++)
        {
            var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("text", text));
            Assert.Equal(SendServiceClient.Sent, (int)result["status"]!);
        }

        Assert.Equal(3, server.ReceivedLines.Count(line => line == "DATA"));
        Assert.Single(server.ReceivedLines, line => line.StartsWith("EHLO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_can_have_hundreds_of_recipients()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var unique = $"{Guid.NewGuid():N}@example.com";
        var recipients = Enumerable.Range(1, 300).Select(number => $"recipient-with-a-name-of-some-length-{number}-{unique}").ToArray();
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("to", string.Join(", ", recipients.Append(EximServer.RejectedRecipient))));

        Assert.Equal(SendServiceClient.PartiallySent, (int)result["status"]!);
        Assert.Equal(EximServer.RejectedRecipient, (string?)Assert.Single(result["refusedRecipients"]!.AsArray())!["address"]);
        await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, $"Envelope-to: {recipients[^1]}");
    }

    /// <summary>Returns the replies of a server that accepts everything.</summary>
    private static string? Obliging(string line, string hello) => line switch
    {
        "DATA" => "354 Go on\r\n",
        _ when line.StartsWith("EHLO", StringComparison.Ordinal) => hello,
        _ when line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("RCPT", StringComparison.Ordinal) || line is "." or "QUIT" => "250 OK\r\n",
        _ => null,
    };

    private static Task<string> CreateAsync(WebBrowser admin, ScriptedSmtpServer server)
        => MailServerPages.CreateAsync(admin, ("Host", "127.0.0.1"), ("Port", MailServerPages.Invariant(server.Port)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""));
}
