using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Whatever a user types, and wherever a module puts it, it adds no header and no recipient.</summary>
[Collection(SiteCollection.Name)]
public sealed class InjectionTests(SiteFixture site)
{
    private const int Cases = 60;

    /// <summary>A fixed seed, which makes failures reproducible.</summary>
    private static readonly Rnd Seed = new(20_261_124);

    private static readonly string[] Fragments =
    [
        "\r\n", "\n", "\r", "\r\n ", "\r\n\r\n", "\r\n.\r\n", "\n.\n", "\r.\r", ".\r\n", "\t", " ", "\u2028", "\u0085",
        "Bcc: victim@evil.example", "X-Evil: yes", "To: victim@evil.example", "Resent-To: victim@evil.example", "Subject: other",
        "MAIL FROM:<victim@evil.example>", "RCPT TO:<victim@evil.example>", "DATA", "QUIT", "victim@evil.example", "<victim@evil.example>",
        "=?utf-8?q?=0D=0ABcc:_victim@evil.example?=", "=?utf-8?b?DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=", "%0d%0aBcc:victim@evil.example",
        ",", ";", ":", "@", "<", ">", "\"", "\\", "(", ")", "[", "a", "Zoë", "名前", "😀", "--", "boundary",
    ];

    private static Gen<string> BrowserInput => Concatenations(Fragments);

    /// <summary>Texts that also contain characters that no browser form can submit.</summary>
    private static Gen<string> AnyInput => Concatenations([.. Fragments, "\0", "\u0001", "\u007f"]);

    [Fact]
    public async Task A_message_of_a_module_can_be_sent_without_injection()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("typed", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("UseDynamicDisplayName", "true"));
        var marker = 0;

        foreach (var typed in AnyInput.Sample(Cases, Seed, 12))
        {
            var name = $"case-{++marker}-{Guid.NewGuid():N}";
            var answer = await SendServiceClient.PostAsync(admin, "Send/Typed", new Dictionary<string, string> { ["configurationId"] = id, ["base64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(typed)), ["marker"] = name });
            Assert.True((int)answer["result"]!["status"]! == SendServiceClient.Sent, $"{Show(typed)}: {answer}");
            var mail = await ReceivedMessage.WaitAsync(server.ReceivedFolder, name);

            AssertUntouched(mail, typed, ["reader@example.com"]);
            Assert.Equal("info@acme.example", mail.Message.From.Mailboxes.Single().Address);
        }

        Assert.Equal(Cases, Directory.GetFiles(server.ReceivedFolder, "*.eml").Length);
    }

    [Fact]
    public async Task A_message_of_OrchardCore_can_be_sent_without_injection()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("typed-orchard", "localhost"));
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("IsPrimary", "true"));
        var sent = 0;

        foreach (var typed in BrowserInput.Sample(Cases, Seed, 12))
        {
            var name = $"case-{Guid.NewGuid():N}";
            var fields = new Dictionary<string, string> { ["To"] = "reader@example.com", ["Subject"] = typed, ["HtmlBody"] = name, ["TextBody"] = typed, ["attachment"] = typed };
            Assert.True((bool)(await SendServiceClient.PostAsync(admin, "Email/Index", fields))["succeeded"]!, Show(typed));
            AssertUntouched(await ReceivedMessage.WaitAsync(server.ReceivedFolder, name), typed, ["reader@example.com"]);
            sent++;

            // As an address, the text is rejected or adds only the recipients that it names.
            foreach (var field in new[] { "To", "Cc", "Bcc", "From", "ReplyTo" })
            {
                var other = $"case-{Guid.NewGuid():N}";
                var answer = await SendServiceClient.PostAsync(admin, "Email/Index", new Dictionary<string, string> { ["To"] = "reader@example.com", ["Subject"] = "x", ["TextBody"] = other, [field] = typed });

                if ((bool)answer["succeeded"]!)
                {
                    AssertUntouched(await ReceivedMessage.WaitAsync(server.ReceivedFolder, other), typed, ["reader@example.com"], mayAddRecipients: field is "To" or "Cc" or "Bcc");
                    sent++;
                }
            }
        }

        // More may have arrived: a message also counts as failed if the server rejected only some of its recipients.
        Assert.All(Directory.GetFiles(server.ReceivedFolder, "*.eml"), file => AssertNoInjectedHeader(ReceivedMessage.Read(file), file));
        Assert.True(Directory.GetFiles(server.ReceivedFolder, "*.eml").Length >= sent);
    }

    [Theory]
    [InlineData("DisplayName")]
    [InlineData("DefaultFrom")]
    [InlineData("Username")]
    public async Task An_injection_in_a_field_of_the_form_is_rejected(string field)
    {
        using var admin = await site.SignInAsAdminAsync();

        foreach (var typed in BrowserInput.Sample(Cases / 3, Seed, 8).Select(typed => $"a{typed}\r\nBcc: victim@evil.example"))
        {
            var page = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form((field, typed)));
            Assert.True(page.TextsOf(".om-field-error").Any(text => text.Length > 0), $"{Show(typed)}: {page.Status} {page.Location} {page.TextOf("main")}");
        }
    }

    private static Gen<string> Concatenations(string[] fragments) => Gen.Elements(fragments).NonEmptyListOf().Select(parts => string.Concat(parts));

    private static void AssertUntouched(ReceivedMessage mail, string typed, string[] recipients, bool mayAddRecipients = false)
    {
        AssertNoInjectedHeader(mail, Show(typed));
        var envelope = mail.Message.Headers["X-Envelope-To"]!.Split(", ");
        Assert.True(envelope.All(recipient => recipients.Contains(recipient) || (mayAddRecipients && typed.Contains(recipient, StringComparison.Ordinal))), $"{Show(typed)} went to {string.Join(" and ", envelope)}");
        Assert.Equal("info@acme.example", mail.Message.Headers["X-Envelope-From"]);
    }

    private static void AssertNoInjectedHeader(ReceivedMessage mail, string what)
    {
        var message = mail.Message;
        var names = message.Headers.Select(header => header.Field).Concat(message.BodyParts.SelectMany(part => part.Headers).Select(header => header.Field)).ToArray();

        Assert.True(!names.Any(name => name.StartsWith("X-Evil", StringComparison.OrdinalIgnoreCase) || name.Equals("Bcc", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Resent", StringComparison.OrdinalIgnoreCase)), what);
        Assert.True(names.Count(name => name == "Subject") <= 1 && names.Count(name => name == "To") <= 1, what);
    }

    private static string Show(string typed) => System.Text.Json.JsonSerializer.Serialize(typed);
}
