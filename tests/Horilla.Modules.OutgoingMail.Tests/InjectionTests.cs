using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Whatever a user types, and wherever a module puts it, no header and no recipient comes of it.</summary>
[Collection(SiteCollection.Name)]
public sealed class InjectionTests(Site site)
{
    private const int Cases = 60;

    /// <summary>The same cases each time: what fails once fails again.</summary>
    private static readonly Rnd Seed = new(20_261_124);

    private static readonly string[] Fragments =
    [
        "\r\n", "\n", "\r", "\r\n ", "\r\n\r\n", "\r\n.\r\n", "\n.\n", "\r.\r", ".\r\n", "\t", " ", "\u2028", "\u0085",
        "Bcc: victim@evil.example", "X-Evil: yes", "To: victim@evil.example", "Resent-To: victim@evil.example", "Subject: other",
        "MAIL FROM:<victim@evil.example>", "RCPT TO:<victim@evil.example>", "DATA", "QUIT", "victim@evil.example", "<victim@evil.example>",
        "=?utf-8?q?=0D=0ABcc:_victim@evil.example?=", "=?utf-8?b?DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=", "%0d%0aBcc:victim@evil.example",
        ",", ";", ":", "@", "<", ">", "\"", "\\", "(", ")", "[", "a", "Zoë", "名前", "😀", "--", "boundary",
    ];

    private static Gen<string> Typed => Made(Fragments);

    /// <summary>With what no form of a browser can hold.</summary>
    private static Gen<string> Given => Made([.. Fragments, "\0", "\u0001", "\u007f"]);

    [Fact]
    public async Task In_a_message_of_a_module()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("typed", "localhost"));
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)), ("UseDynamicDisplayName", "true"));
        var marker = 0;

        foreach (var typed in Given.Sample(Cases, Seed, 12))
        {
            var name = $"case-{++marker}-{Guid.NewGuid():N}";
            var answer = await Mails.PostAsync(admin, "Send/Typed", new Dictionary<string, string> { ["configurationId"] = id, ["base64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(typed)), ["marker"] = name });
            Assert.True((int)answer["result"]!["status"]! == Mails.Sent, $"{Show(typed)}: {answer}");
            var mail = await ReceivedMail.WaitAsync(server.Outbox, name);

            AssertUntouched(mail, typed, ["reader@example.com"]);
            Assert.Equal("info@acme.example", mail.Message.From.Mailboxes.Single().Address);
        }

        Assert.Equal(Cases, Directory.GetFiles(server.Outbox, "*.eml").Length);
    }

    [Fact]
    public async Task In_a_mail_of_orchardcore()
    {
        await using var server = await AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue("typed-orchard", "localhost"));
        using var admin = await site.AdminAsync();
        await Servers.CreateAsync(admin, ("Port", Servers.Text(server.Port)), ("IsPrimary", "true"));
        var sent = 0;

        foreach (var typed in Typed.Sample(Cases, Seed, 12))
        {
            var name = $"case-{Guid.NewGuid():N}";
            var fields = new Dictionary<string, string> { ["To"] = "reader@example.com", ["Subject"] = typed, ["HtmlBody"] = name, ["TextBody"] = typed, ["attachment"] = typed };
            Assert.True((bool)(await Mails.PostAsync(admin, "Email/Index", fields))["succeeded"]!, Show(typed));
            AssertUntouched(await ReceivedMail.WaitAsync(server.Outbox, name), typed, ["reader@example.com"]);
            sent++;

            // As addresses it is refused, or is the addresses that it says it is.
            foreach (var field in new[] { "To", "Cc", "Bcc", "From", "ReplyTo" })
            {
                var other = $"case-{Guid.NewGuid():N}";
                var answer = await Mails.PostAsync(admin, "Email/Index", new Dictionary<string, string> { ["To"] = "reader@example.com", ["Subject"] = "x", ["TextBody"] = other, [field] = typed });

                if ((bool)answer["succeeded"]!)
                {
                    AssertUntouched(await ReceivedMail.WaitAsync(server.Outbox, other), typed, ["reader@example.com"], mayAddRecipients: field is "To" or "Cc" or "Bcc");
                    sent++;
                }
            }
        }

        // More may have arrived: of several addresses the server may have refused some.
        Assert.All(Directory.GetFiles(server.Outbox, "*.eml"), file => AssertNoHeaderCameOfIt(ReceivedMail.Read(file), file));
        Assert.True(Directory.GetFiles(server.Outbox, "*.eml").Length >= sent);
    }

    [Theory]
    [InlineData("DisplayName")]
    [InlineData("DefaultFrom")]
    [InlineData("Username")]
    public async Task In_a_field_of_the_form(string field)
    {
        using var admin = await site.AdminAsync();

        foreach (var typed in Typed.Sample(Cases / 3, Seed, 8).Select(typed => $"a{typed}\r\nBcc: victim@evil.example"))
        {
            var page = await (await admin.GetAsync(Servers.New)).SubmitAsync(Servers.Form((field, typed)));
            Assert.True(page.All(".om-error").Any(text => text.Length > 0), $"{Show(typed)}: {page.Status} {page.Location} {page.One("main")}");
        }
    }

    private static Gen<string> Made(string[] fragments) => Gen.Elements(fragments).NonEmptyListOf().Select(parts => string.Concat(parts));

    private static void AssertUntouched(ReceivedMail mail, string typed, string[] recipients, bool mayAddRecipients = false)
    {
        AssertNoHeaderCameOfIt(mail, Show(typed));
        var envelope = mail.Message.Headers["X-Envelope-To"]!.Split(", ");
        Assert.True(envelope.All(recipient => recipients.Contains(recipient) || (mayAddRecipients && typed.Contains(recipient, StringComparison.Ordinal))), $"{Show(typed)} went to {string.Join(" and ", envelope)}");
        Assert.Equal("info@acme.example", mail.Message.Headers["X-Envelope-From"]);
    }

    private static void AssertNoHeaderCameOfIt(ReceivedMail mail, string what)
    {
        var message = mail.Message;
        var names = message.Headers.Select(header => header.Field).Concat(message.BodyParts.SelectMany(part => part.Headers).Select(header => header.Field)).ToArray();

        Assert.True(!names.Any(name => name.StartsWith("X-Evil", StringComparison.OrdinalIgnoreCase) || name.Equals("Bcc", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Resent", StringComparison.OrdinalIgnoreCase)), what);
        Assert.True(names.Count(name => name == "Subject") <= 1 && names.Count(name => name == "To") <= 1, what);
    }

    private static string Show(string typed) => System.Text.Json.JsonSerializer.Serialize(typed);
}
