using System.Text;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>A malicious or broken server can only make its own messages fail.</summary>
[Collection(SiteCollection.Name)]
public sealed class HostileServerTests(SiteFixture site)
{
    private const string Secret = "correct horse+battery/7=";

    /// <summary>A piece of a line that never ends.</summary>
    private static readonly string Flood = new('a', 1024 * 1024);

    [Theory]
    [InlineData("", "220-", false)]
    [InlineData("EHLO", "250-", false)]
    [InlineData("MAIL", "250-", false)]
    [InlineData("RCPT", "250-", false)]
    [InlineData(".", "250-", true)]
    [InlineData("MAIL", "250-a\r\n", false)]
    public async Task An_endless_reply_is_cut_off(string command, string start, bool isInDoubt)
    {
        var isInLines = start.EndsWith('\n');
        await using var server = await EndlessReplyServer.StartAsync(command, isInLines ? string.Concat(Enumerable.Repeat(start, 100_000)) : start + Flood);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.Equal("reply-too-long", (string?)result["error"]!["code"]);
        Assert.Contains("64 KB", (string?)result["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal(isInDoubt, ((string)result["error"]!["nextStep"]!).Contains("The server may or may not have accepted the message", StringComparison.Ordinal));
        Assert.False((bool)result["error"]!["canRetry"]!);

        // The reply was cut off instead of being read to its end.
        await server.WaitForDisconnectAsync();
    }

    [Fact]
    public async Task Endless_replies_do_not_fill_the_memory()
    {
        await using var server = await EndlessReplyServer.StartAsync("MAIL", "250-" + Flood);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        await SendManyAsync(4);
        var before = site.Host.ResidentBytes;
        await SendManyAsync(20);

        Assert.True(site.Host.ResidentBytes < before + (64L * 1024 * 1024), $"The memory grew from {before} to {site.Host.ResidentBytes} bytes.");

        Task SendManyAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => SendServiceClient.SendAsync(admin, ("configurationId", id))));
    }

    [Fact]
    public async Task A_long_reply_is_truncated_and_sanitized_wherever_it_is_shown()
    {
        var marker = Guid.NewGuid().ToString("N");
        var said = $"550 5.1.1 {marker} \u001b[31mred\u0007 \0 end " + new string('x', 40_000);
        await using var server = new FakeSmtpServer((_, command) => command.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpReply(Latin(said + " \u202egnirts\u202c") + "\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));
        var reply = (string)result["error"]!["serverResponse"]!;

        Assert.StartsWith($"550 5.1.1 {marker} [31mred end xxx", reply, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(reply), 1000, 2048);
        Assert.DoesNotContain(reply, c => char.IsControl(c) || c is '\u202e' or '\u202c');

        var page = await MailServerPages.SendTestAsync(admin, id);
        Assert.True(page.Text.Length < 60_000, $"The page has {page.Text.Length} characters.");
        Assert.DoesNotContain("\u001b", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 2100), (await admin.GetAsync(MailServerPages.Diagnosis(id))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 2100), site.Host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31mred", site.Host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 2100), await site.Documents.DumpAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH PLAIN", "535 5.7.8 bad: {blob} = |user|{password}")]
    [InlineData("AUTH PLAIN", "535 bad {blob-lower}")]
    [InlineData("AUTH PLAIN", "535 bad {blob-url}")]
    [InlineData("AUTH PLAIN", "535-bad {blob-half-1}\r\n535 {blob-half-2}")]
    [InlineData("AUTH PLAIN", "535 got {password-base64}")]
    [InlineData("AUTH PLAIN", "535 got {password-hex}")]
    [InlineData("AUTH PLAIN", "454 4.7.0 try later {password}")]
    [InlineData("LOGIN", "535 bad password {password-base64}")]
    [InlineData("MAIL", "550 5.7.1 who are you, {password}")]
    [InlineData("RCPT", "550 5.7.1 {blob}")]
    [InlineData(".", "554 5.7.1 {password} is not funny")]
    public async Task A_reply_that_repeats_the_password_is_reduced_to_its_code(string command, string reply)
    {
        var isLogin = command == "LOGIN";
        var blob = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{EximServer.UserName}\0{Secret}"));
        var said = reply
            .Replace("{blob}", blob, StringComparison.Ordinal)
            .Replace("{blob-lower}", blob.ToLowerInvariant(), StringComparison.Ordinal)
            .Replace("{blob-url}", Uri.EscapeDataString(blob), StringComparison.Ordinal)
            .Replace("{blob-half-1}", blob[..20], StringComparison.Ordinal)
            .Replace("{blob-half-2}", blob[20..], StringComparison.Ordinal)
            .Replace("{password-base64}", Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), StringComparison.Ordinal)
            .Replace("{password-hex}", Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)), StringComparison.Ordinal)
            .Replace("{password}", Secret, StringComparison.Ordinal);
        await using var server = new FakeSmtpServer(
            (connection, line) => (isLogin ? connection.Asked == 1 && !line.StartsWith("AUTH", StringComparison.Ordinal) : line.StartsWith(command, StringComparison.Ordinal)) ? new SmtpReply(said + "\r\n") : null,
            offers: isLogin ? "AUTH LOGIN" : "AUTH PLAIN LOGIN");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));
        var page = await MailServerPages.SendTestAsync(admin, id);
        var diagnosis = await admin.GetAsync(MailServerPages.Diagnosis(id));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.Equal(reply[..3], (string?)result["error"]!["serverResponse"]);
        Assert.Equal(reply[..3], page.TextOf("#om-result code"));

        foreach (var seen in (string[])[result.ToJsonString(), page.Text, diagnosis.Text, site.Host.Log, await site.Documents.DumpAsync()])
        {
            foreach (var secret in (string[])[Secret, blob, blob.ToLowerInvariant(), Uri.EscapeDataString(blob), blob[20..], Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), Convert.ToHexString(Encoding.UTF8.GetBytes(Secret))])
            {
                Assert.False(seen.Contains(secret, StringComparison.Ordinal), $"'{secret}' is exposed.");
            }
        }
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")]
    [InlineData("* OK IMAP4rev1 ready\r\n")]
    [InlineData("+OK POP3 ready\r\n")]
    [InlineData("J\0\0\0\n5.7.42-secret\0")]
    public async Task A_server_of_another_protocol_is_reported_without_its_banner(string banner)
    {
        await using var server = new FakeSmtpServer(greeting: banner + (banner.EndsWith('\n') ? "" : "\r\n"));
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var page = await MailServerPages.SendTestAsync(admin, id);

        Assert.Contains("isn't an SMTP server", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("Check Host and Port", page.TextOf("#om-result"), StringComparison.Ordinal);
        Assert.Empty(page.TextsOf("#om-result code"));
        Assert.DoesNotContain(banner.Trim()[..6], page.Text, StringComparison.Ordinal);
    }

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static Task<string> CreateAsync(WebBrowser admin, int port)
        => MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(port)), ("UseTls", "false"), ("Password", Secret), ("TimeoutSeconds", "10"));
}
