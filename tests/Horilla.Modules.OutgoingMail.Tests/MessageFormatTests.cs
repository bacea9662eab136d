using System.Text;
using System.Text.RegularExpressions;
using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Messages are sent in a form that servers accept, however they were created.</summary>
[Collection(SiteCollection.Name)]
public sealed partial class MessageFormatTests(SiteFixture site)
{
    [Fact]
    public async Task Every_line_ends_with_CRLF_in_text_headers_and_nested_messages()
    {
        var content = await SendAsync("""
            Subject: Lines
            X-Bare: one
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            before{CR}all
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; a.example
            {CR}Final-Recipient: rfc822; b@example.com

            --b
            Content-Type: text/plain; charset=utf-8

            first{CR}second{LF}third{CR}{CR}fourth
            --b
            Content-Type: application/json
            Content-Transfer-Encoding: 7bit

            {"a":{CR}1}
            --b
            Content-Type: message/rfc822

            Subject: Nested{CR}X-Injected: yes
            From: a@example.com

            inner{CR}text
            --b--
            """);

        Assert.DoesNotMatch(BareLineEnd(), content);
        var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(content[..^5])));
        Assert.Equal("first\nsecond\nthird\n\nfourth", message.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        var json = message.BodyParts.OfType<MimePart>().Single(part => part.ContentType.MimeType == "application/json");
        using var decoded = new MemoryStream();
        json.Content!.DecodeTo(decoded);
        Assert.Equal("{\"a\":\r1}", Encoding.ASCII.GetString(decoded.ToArray()).TrimEnd());
        Assert.DoesNotContain("base64", message.BodyParts.Single(part => part.ContentType.MimeType == "message/delivery-status").ToString(), StringComparison.OrdinalIgnoreCase);
        var nested = message.BodyParts.OfType<MessagePart>().Single().Message!;
        Assert.Null(nested.Headers["X-Injected"]);
    }

    [Fact]
    public async Task Signed_content_is_sent_byte_for_byte()
    {
        const string signed = "Content-Type: text/plain\r\n\r\nsigned\rtext  \r\n";
        var content = await SendAsync($$"""
            Subject: Signed
            MIME-Version: 1.0
            Content-Type: multipart/signed; boundary=s; protocol="application/pkcs7-signature"; micalg=sha-256

            --s
            {{signed.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\r", "{CR}", StringComparison.Ordinal)}}
            --s
            Content-Type: application/pkcs7-signature; name=smime.p7s
            Content-Transfer-Encoding: base64

            AAAA
            --s--
            """);

        Assert.Contains(signed, content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encoded_words_are_no_longer_than_75_characters()
    {
        var text = new string('ü', 300);
        var content = await SendAsync($"Subject: {text}\nTo: \"{text}\" <reader@example.com>\nComments: {text}\n\nText");

        Assert.NotEmpty(EncodedWord().Matches(content));
        Assert.All(content.TakeWhile((c, index) => !content[index..].StartsWith("\r\n\r\n", StringComparison.Ordinal)), c => Assert.InRange(c, '\0', '\x7F'));
        Assert.All(EncodedWord().Matches(content), word => Assert.InRange(word.Length, 1, 75));
        var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(content[..^5])));
        Assert.Equal(text, message.Subject);
        Assert.Equal(text, message.To.Mailboxes.Single().Name);
        Assert.Equal(text, message.Headers[HeaderId.Comments]);
    }

    [Theory]
    [InlineData("Subject: None\n\nText")]
    [InlineData("Subject: Of the machine\nMessage-ID: <1@{machine}>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n\nText")]
    public async Task A_message_has_a_Message_ID_of_the_senders_domain_and_a_date(string text)
    {
        var machine = MimeKit.Utils.MimeUtils.GenerateMessageId().Split('@')[1];
        var content = await SendAsync(text.Replace("{machine}", machine, StringComparison.Ordinal));
        var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(content[..^5])));

        Assert.EndsWith("@acme.example", message.MessageId, StringComparison.Ordinal);
        Assert.True(message.Headers.Contains(HeaderId.Date));
        Assert.Equal(text.Contains("2024", StringComparison.Ordinal), message.Date.Year == 2024);
    }

    [Fact]
    public async Task A_Message_ID_set_by_the_caller_is_kept_and_a_test_message_has_one_of_the_senders_domain()
    {
        Assert.Contains("Message-Id: <invoice-7@shop.example>", await SendAsync("Subject: Own\nMessage-ID: <invoice-7@shop.example>\n\nText"), StringComparison.OrdinalIgnoreCase);

        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        await MailServerPages.SendTestAsync(admin, id);
        Assert.Matches("(?i)Message-Id: <[^>]+@acme.example>", server.Messages.Single());
    }

    [Theory]
    [InlineData("\"Doe, Jane\" <jane@example.com>", "\"Doe, Jane\" <jane@example.com>")]
    [InlineData("\"Doe, Jane\" <jane@example.com>; bob@example.com, \"a;b\" <c@example.com>", "\"Doe, Jane\" <jane@example.com>, bob@example.com, \"a;b\" <c@example.com>")]
    [InlineData("\u200bjane@example.com\ufeff; bob@example.com", "jane@example.com, bob@example.com")]
    public async Task Addresses_of_the_email_service_are_split_outside_of_quotes_and_brackets(string to, string expected)
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        await MakePrimaryAsync(admin, server);
        var result = await SendServiceClient.PostAsync(admin, "Email/Index", new Dictionary<string, string> { ["to"] = to, ["cc"] = to, ["replyTo"] = to, ["subject"] = "Split" });

        Assert.True((bool)result["succeeded"]!, result.ToJsonString());
        var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(server.Messages.Single()[..^5])));
        Assert.Equal(expected, message.To.ToString());
        Assert.Equal(expected, message.Cc.ToString());
        Assert.Equal(expected, message.ReplyTo.ToString());
    }

    [Fact]
    public async Task An_invisible_character_in_an_address_is_reported_by_name()
    {
        using var admin = await site.SignInAsAdminAsync();
        var result = await SendServiceClient.PostAsync(admin, "Email/Index", new Dictionary<string, string> { ["to"] = "ja\u200bne@example.com", ["subject"] = "Invisible" });

        Assert.False((bool)result["succeeded"]!);
        Assert.Contains("U+200B (zero width space)", result.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attached_message_file_is_sent_as_binary_data()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        await MakePrimaryAsync(admin, server);
        await SendServiceClient.PostAsync(admin, "Email/Index", new Dictionary<string, string> { ["to"] = "reader@example.com", ["subject"] = "Attached", ["fileName"] = "old.eml", ["attachment"] = "Subject: Old\n\nText" });
        var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(server.Messages.Single()[..^5])));
        var attachment = Assert.IsType<MimePart>(message.Attachments.Single());

        Assert.Equal(("application/octet-stream", "old.eml", ContentEncoding.Base64), (attachment.ContentType.MimeType, attachment.FileName, attachment.ContentTransferEncoding));
        using var decoded = new MemoryStream();
        attachment.Content!.DecodeTo(decoded);
        Assert.Equal("Subject: Old\n\nText", Encoding.UTF8.GetString(decoded.ToArray()));
    }

    private static async Task MakePrimaryAsync(WebBrowser admin, FakeSmtpServer server) => await CreateAsync(admin, server, ("IsPrimary", "true"));

    private static Task<string> CreateAsync(WebBrowser admin, FakeSmtpServer server, params (string Name, string? Value)[] values)
        => MailServerPages.CreateAsync(admin, [("Port", MailServerPages.Invariant(server.Port)), ("UseTls", "false"), .. values]);

    /// <summary>Sends a message that was parsed from its source, as a module would.</summary>
    /// <param name="text">The source of the message. {CR} and {LF} stand for bare line ends; all other line ends become CRLF.</param>
    /// <returns>The content that the server received.</returns>
    private async Task<string> SendAsync(string text)
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var raw = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal).Replace("{CR}", "\r", StringComparison.Ordinal).Replace("{LF}", "\n", StringComparison.Ordinal);
        var result = await SendServiceClient.PostAsync(admin, "Send/Raw", new Dictionary<string, string> { ["configurationId"] = id, ["base64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(raw)) });
        Assert.True((int)result["status"]! == SendServiceClient.Sent, result.ToJsonString());

        return server.Messages.Single();
    }

    [GeneratedRegex("\r(?!\n)|(?<!\r)\n")]
    private static partial Regex BareLineEnd();

    [GeneratedRegex(@"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=")]
    private static partial Regex EncodedWord();
}
