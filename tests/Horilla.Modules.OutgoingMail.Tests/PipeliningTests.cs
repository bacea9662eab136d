using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Commands that go together where the server takes them so (RFC 2920), and a content that never does.</summary>
[Collection(SiteCollection.Name)]
public sealed class PipeliningTests(Site site)
{
    private const string Hello = "250-scripted\r\n250-PIPELINING\r\n250 8BITMIME\r\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sender_recipients_and_data_go_in_one_group(bool inPieces)
    {
        // Nothing is answered before the end of the group has arrived: who waits for an answer before would wait for ever.
        await using var server = new ScriptedServer(
            line => line switch
            {
                _ when line.StartsWith("EHLO", StringComparison.Ordinal) => Hello,
                "DATA" => "250-2.1.0\r\n250 2.1.0 Sender OK\r\n250 2.1.5 Recipient OK\r\n550 5.1.1 Unknown\r\n354 Go on\r\n",
                "." => "250 2.0.0 Taken\r\n",
                "QUIT" => "221 Bye\r\n",
                _ => null,
            },
            inPieces);
        using var admin = await site.AdminAsync();
        var result = await Mails.SendAsync(admin, ("configurationId", await CreateAsync(admin, server)), ("to", "a@example.com, b@example.com"));

        Assert.Equal(Mails.PartiallySent, (int)result["status"]!);
        Assert.Equal("b@example.com", (string?)result["refusedRecipients"]![0]!["address"]);
        Assert.Equal("2.0.0 Taken", (string?)result["serverResponse"]);
        Assert.Single(server.Told, line => line == "DATA");
        Assert.Contains("Subject: By a module", server.Told);
    }

    [Fact]
    public async Task Where_nobody_takes_a_message_no_content_goes_though_the_server_asks_for_it()
    {
        await using var server = new ScriptedServer(line => line switch
        {
            _ when line.StartsWith("EHLO", StringComparison.Ordinal) => Hello,
            _ when line.StartsWith("MAIL", StringComparison.Ordinal) => "250 OK\r\n",
            _ when line.StartsWith("RCPT", StringComparison.Ordinal) => "550 5.1.1 Unknown\r\n",
            "DATA" => "354 Go on\r\n",
            _ => "250 OK\r\n",
        });
        using var admin = await site.AdminAsync();
        var result = await Mails.SendAsync(admin, ("configurationId", await CreateAsync(admin, server)));
        await server.Left;

        Assert.Equal("recipient-refused", (string?)result["error"]!["code"]);
        Assert.Equal("550 5.1.1 Unknown", (string?)result["error"]!["serverResponse"]);

        // Not even the end of one, which would be an empty message.
        Assert.Equal("DATA", server.Told.Last());
    }

    [Fact]
    public async Task A_refused_group_leaves_the_connection_for_the_next_message()
    {
        var refuse = true;
        await using var server = new ScriptedServer(line => line switch
        {
            _ when line.StartsWith("EHLO", StringComparison.Ordinal) => Hello,
            _ when line.StartsWith("MAIL", StringComparison.Ordinal) => "250 OK\r\n",
            _ when line.StartsWith("RCPT", StringComparison.Ordinal) => refuse ? "550 5.1.1 Unknown\r\n" : "250 OK\r\n",
            "DATA" => refuse ? "503-5.5.1 There is\r\n503 5.5.1 nobody\r\n" : "354 Go on\r\n",
            "RSET" or "QUIT" => "250 OK\r\n",
            "." => "250 2.0.0 Taken\r\n",
            _ => null,
        });
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        Assert.Equal("recipient-refused", (string?)(await Mails.SendAsync(admin, ("configurationId", id)))["error"]!["code"]);
        refuse = false;

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        Assert.Single(server.Told, line => line.StartsWith("EHLO", StringComparison.Ordinal));
        Assert.Single(server.Told, line => line == "RSET");
    }

    [Fact]
    public async Task A_server_that_takes_one_command_at_a_time_gets_one()
    {
        await using var server = new ScriptedServer(line => Obliging(line, "250 scripted\r\n"));
        using var admin = await site.AdminAsync();

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", await CreateAsync(admin, server))))["status"]!);
        Assert.Equal(1, server.MostCommandsAtOnce);
    }

    [Theory]
    [InlineData("true", 3)]
    [InlineData("false", 1)]
    public async Task An_operator_can_have_each_command_wait_for_its_answer(string setting, int most)
    {
        await using var server = new ScriptedServer(line => Obliging(line, Hello));
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", site.Folder.Sub($"pipelining-{setting}"), trustedAuthority: null, ("OrchardCore__Horilla_OutgoingMail_Smtp__Pipelining", setting));
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", await CreateAsync(admin, server))))["status"]!);
        Assert.Equal(most, server.MostCommandsAtOnce);
    }

    [Fact]
    public async Task A_text_that_looks_like_commands_is_a_text()
    {
        // Lines of 17 bytes begin a block of the content somewhere among so many. What is asked for after the end of the content is nothing.
        await using var server = new ScriptedServer(line => line == "." ? "250 2.0.0 Taken\r\n" : line.StartsWith("MAIL FROM:xx", StringComparison.Ordinal) ? null : Obliging(line, Hello));
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var text = string.Concat(Enumerable.Repeat("MAIL FROM:xx\r\n\r\n ", 8_000));

        for (var number = 0; number < 3; number++)
        {
            var result = await Mails.SendAsync(admin, ("configurationId", id), ("text", text));
            Assert.Equal(Mails.Sent, (int)result["status"]!);
        }

        Assert.Equal(3, server.Told.Count(line => line == "DATA"));
        Assert.Single(server.Told, line => line.StartsWith("EHLO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hundreds_of_recipients_go_too()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var unique = $"{Guid.NewGuid():N}@example.com";
        var recipients = Enumerable.Range(1, 300).Select(number => $"recipient-with-a-name-of-some-length-{number}-{unique}").ToArray();
        var result = await Mails.SendAsync(admin, ("configurationId", id), ("to", string.Join(", ", recipients.Append(EximServer.RefusedRecipient))));

        Assert.Equal(Mails.PartiallySent, (int)result["status"]!);
        Assert.Equal(EximServer.RefusedRecipient, (string?)Assert.Single(result["refusedRecipients"]!.AsArray())!["address"]);
        await ReceivedMail.WaitAsync(site.Exim.Outbox, $"Envelope-to: {recipients[^1]}");
    }

    /// <summary>Takes everything.</summary>
    private static string? Obliging(string line, string hello) => line switch
    {
        "DATA" => "354 Go on\r\n",
        _ when line.StartsWith("EHLO", StringComparison.Ordinal) => hello,
        _ when line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("RCPT", StringComparison.Ordinal) || line is "." or "QUIT" => "250 OK\r\n",
        _ => null,
    };

    private static Task<string> CreateAsync(WebBrowser admin, ScriptedServer server)
        => Servers.CreateAsync(admin, ("Host", "127.0.0.1"), ("Port", Servers.Text(server.Port)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""));
}
