using System.Text;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>What a server that means harm, or is out of order, can do: nothing but fail its own messages.</summary>
[Collection(SiteCollection.Name)]
public sealed class HostileServerTests(Site site)
{
    private const string Secret = "correct horse+battery/7=";

    /// <summary>A line that never ends.</summary>
    private static readonly string Flood = new('a', 1024 * 1024);

    [Theory]
    [InlineData("", "220-", false)]
    [InlineData("EHLO", "250-", false)]
    [InlineData("MAIL", "250-", false)]
    [InlineData("RCPT", "250-", false)]
    [InlineData(".", "250-", true)]
    [InlineData("MAIL", "250-a\r\n", false)]
    public async Task A_reply_without_end_is_cut_off(string command, string start, bool isInDoubt)
    {
        var isInLines = start.EndsWith('\n');
        await using var server = await FloodServer.StartAsync(command, isInLines ? string.Concat(Enumerable.Repeat(start, 100_000)) : start + Flood);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.Equal("reply-too-long", (string?)result["error"]!["code"]);
        Assert.Contains("64 KB", (string?)result["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal(isInDoubt, ((string)result["error"]!["nextStep"]!).Contains("It isn't known whether the server has the message", StringComparison.Ordinal));
        Assert.False((bool)result["error"]!["canRetry"]!);

        // It was cut off, and not read on until it ended by itself.
        await server.CutOffAsync();
    }

    [Fact]
    public async Task Replies_without_end_leave_the_memory_as_it_was()
    {
        await using var server = await FloodServer.StartAsync("MAIL", "250-" + Flood);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        await SendManyAsync(4);
        var before = site.Host.ResidentBytes;
        await SendManyAsync(20);

        Assert.True(site.Host.ResidentBytes < before + (64L * 1024 * 1024), $"{before} grew to {site.Host.ResidentBytes}.");

        Task SendManyAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Mails.SendAsync(admin, ("configurationId", id))));
    }

    [Fact]
    public async Task A_long_reply_is_short_and_clean_wherever_it_is_seen()
    {
        var marker = Guid.NewGuid().ToString("N");
        var said = $"550 5.1.1 {marker} \u001b[31mred\u0007 \0 end " + new string('x', 40_000);
        await using var server = new PlainSmtpServer((_, command) => command.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpAnswer(Latin(said + " \u202egnirts\u202c") + "\r\n") : null);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id));
        var reply = (string)result["error"]!["serverResponse"]!;

        Assert.StartsWith($"550 5.1.1 {marker} [31mred end xxx", reply, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(reply), 1000, 2048);
        Assert.DoesNotContain(reply, c => char.IsControl(c) || c is '\u202e' or '\u202c');

        var page = await Servers.SendTestAsync(admin, id);
        Assert.True(page.Text.Length < 60_000, $"The page has {page.Text.Length} characters.");
        Assert.DoesNotContain("\u001b", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 2100), (await admin.GetAsync(Servers.Diagnosis(id))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 2100), site.Host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31mred", site.Host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 2100), await site.Documents.AllAsync(), StringComparison.Ordinal);
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
    public async Task A_reply_that_repeats_the_password_is_its_code_alone(string command, string reply)
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
        await using var server = new PlainSmtpServer(
            (connection, line) => (isLogin ? connection.Asked == 1 && !line.StartsWith("AUTH", StringComparison.Ordinal) : line.StartsWith(command, StringComparison.Ordinal)) ? new SmtpAnswer(said + "\r\n") : null,
            offers: isLogin ? "AUTH LOGIN" : "AUTH PLAIN LOGIN");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var result = await Mails.SendAsync(admin, ("configurationId", id));
        var page = await Servers.SendTestAsync(admin, id);
        var diagnosis = await admin.GetAsync(Servers.Diagnosis(id));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.Equal(reply[..3], (string?)result["error"]!["serverResponse"]);
        Assert.Equal(reply[..3], page.One("#om-result code"));

        foreach (var seen in (string[])[result.ToJsonString(), page.Text, diagnosis.Text, site.Host.Log, await site.Documents.AllAsync()])
        {
            foreach (var secret in (string[])[Secret, blob, blob.ToLowerInvariant(), Uri.EscapeDataString(blob), blob[20..], Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), Convert.ToHexString(Encoding.UTF8.GetBytes(Secret))])
            {
                Assert.False(seen.Contains(secret, StringComparison.Ordinal), $"'{secret}' is seen.");
            }
        }
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")]
    [InlineData("* OK IMAP4rev1 ready\r\n")]
    [InlineData("+OK POP3 ready\r\n")]
    [InlineData("J\0\0\0\n5.7.42-secret\0")]
    public async Task What_is_no_mail_server_is_called_so_and_not_shown(string banner)
    {
        await using var server = new PlainSmtpServer(greeting: banner + (banner.EndsWith('\n') ? "" : "\r\n"));
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server.Port);
        var page = await Servers.SendTestAsync(admin, id);

        Assert.Contains("isn't an SMTP server", page.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("Check Host and Port", page.One("#om-result"), StringComparison.Ordinal);
        Assert.Empty(page.All("#om-result code"));
        Assert.DoesNotContain(banner.Trim()[..6], page.Text, StringComparison.Ordinal);
    }

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static Task<string> CreateAsync(WebBrowser admin, int port)
        => Servers.CreateAsync(admin, ("Port", Servers.Text(port)), ("UseTls", "false"), ("Password", Secret), ("TimeoutSeconds", "10"));
}
