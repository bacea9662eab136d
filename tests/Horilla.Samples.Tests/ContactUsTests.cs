using System.Net;
using System.Text;
using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Samples.Tests;

/// <summary>The sample that sends email, as its users see it.</summary>
[Collection(typeof(SiteCollection))]
public sealed class ContactUsTests(SiteFixture site)
{
    [Fact]
    public async Task A_message_is_sent_with_its_attachment_and_listed()
    {
        using var admin = await site.SignInAsAdminAsync();
        var marker = $"{Guid.NewGuid():N}";
        var subject = $"Ein Gruß {marker}";
        var answer = await SendAsync(admin, subject, attachment: ("Grüße & Küsse.txt", "Hello\nfrom a file"));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var page = await answer.FollowAsync();

        Assert.Contains("The message to ann@example.com is being sent. Its status is below.", page.Messages);
        var entry = await WaitForEntryAsync(admin, $"{subject} Sent");
        Assert.Contains("to ann@example.com by admin · with Grüße & Küsse.txt", entry, StringComparison.Ordinal);

        var mail = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, marker)).Message;
        Assert.Equal(subject, mail.Subject);
        Assert.Equal("Good day.", mail.TextBody?.Trim());
        var attachment = Assert.IsType<TextPart>(Assert.Single(mail.Attachments), exactMatch: false);
        Assert.Equal("Grüße & Küsse.txt", attachment.FileName);
        Assert.Equal("Hello\nfrom a file", attachment.Text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_message_can_be_sent_without_an_attachment()
    {
        using var admin = await site.SignInAsAdminAsync();
        var subject = $"Plain {Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(admin, subject)).Status);

        Assert.Empty((await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message.Attachments);
    }

    [Theory]
    [InlineData("pagenum=2147483647")]
    [InlineData("pageSize=2147483647&pagenum=2147483647")]
    [InlineData("pageSize=-1&pagenum=-1")]
    public async Task A_page_number_out_of_range_still_shows_messages(string query)
    {
        using var admin = await site.SignInAsAdminAsync();
        await SendAsync(admin, $"Listed {Guid.NewGuid():N}");

        Assert.NotEmpty((await admin.GetAsync($"/Admin/ContactUs?{query}")).TextsOf("main .list-group-item"));
    }

    [Fact]
    public async Task Missing_values_are_reported_at_their_fields_and_input_is_kept()
    {
        using var admin = await site.SignInAsAdminAsync();
        var answer = await SendAsync(admin, subject: " ", recipient: "nobody", text: "Typed <with care>");

        Assert.Equal("Enter one email address, for example ann@example.com.", answer.TextOf("#contact-recipient-error"));
        Assert.Equal("Enter a subject of up to 200 characters.", answer.TextOf("#contact-subject-error"));
        Assert.Equal("", answer.TextOf("#contact-text-error"));
        Assert.Equal("nobody", answer.Fields()["Recipient"]);
        Assert.Equal("Typed <with care>", answer.TextOf("textarea"));
        Assert.Equal("Optional. One file of up to 10 MB.", answer.TextOf("#contact-attachment-help"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_rejected()
    {
        using var admin = await site.SignInAsAdminAsync();
        var answer = await SendAsync(admin, "Large", attachment: ("large.txt", new string('x', (10 * 1024 * 1024) + 1)));

        Assert.Equal("The file is larger than 10 MB. Send a link to it instead.", answer.TextOf("#contact-attachment-error"));
        Assert.Equal("Choose large.txt again. Browsers don't keep files when a form is shown again.", answer.TextOf("#contact-attachment-help"));
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_waits_and_shows_the_cause_and_the_fix()
    {
        using var admin = await site.SignInAsAdminAsync();
        await SiteFixture.UseServerAsync(admin, FreePort.Next());
        var subject = $"Lost {Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(admin, subject)).Status);
        var entry = await WaitForEntryAsync(admin, $"{subject} Waiting", "localhost refused the connection");
        Assert.Contains("Check Port", entry, StringComparison.Ordinal);
        await SiteFixture.UseServerAsync(admin, site.Exim.StartTlsPort);
    }

    [Fact]
    public async Task A_rejected_message_is_listed_as_not_sent()
    {
        using var admin = await site.SignInAsAdminAsync();
        await using var server = new FakeSmtpServer((_, command) => command.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpReply("550 5.1.1 No such user\r\n") : null);
        await SiteFixture.UseServerAsync(admin, server.Port, isPlain: true);
        var subject = $"Rejected {Guid.NewGuid():N}";
        await SendAsync(admin, subject);
        await WaitForEntryAsync(admin, $"{subject} Not sent");

        await SiteFixture.UseServerAsync(admin, site.Exim.StartTlsPort);
    }

    [Fact]
    public async Task Sending_requires_the_permission_and_an_antiforgery_token()
    {
        using var visitor = new WebBrowser(site.Address);
        Assert.StartsWith("/Login", (await visitor.GetAsync(SiteFixture.Page)).Location, StringComparison.Ordinal);

        using var admin = await site.SignInAsAdminAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync(SiteFixture.Page, new Dictionary<string, string> { ["Recipient"] = "ann@example.com", ["Subject"] = "x", ["Text"] = "x" })).Status);

        var name = $"u{Guid.NewGuid():N}"[..12];
        await (await admin.GetAsync("/Admin/Roles/Create")).SubmitAsync(new() { ["Role.RoleName"] = name, ["Role.Permissions"] = "AccessAdminPanel" });
        await (await admin.GetAsync("/Admin/Users/Create")).SubmitAsync(new() { ["User.UserName"] = name, ["User.Email"] = $"{name}@example.com", ["User.Password"] = "Password-1", ["User.PasswordConfirmation"] = "Password-1", ["User.Roles"] = name });
        using var other = new WebBrowser(site.Address);
        await other.SignInAsync(name, "Password-1");
        Assert.StartsWith("/Error/403", (await other.GetAsync(SiteFixture.Page)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_exists_only_in_the_tenant_that_enabled_the_feature()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, site.Address, name, new() { ["RecipeName"] = "Horilla" });

        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}{SiteFixture.Page}")).Status);
        Assert.DoesNotContain("Contact us", (await boss.GetAsync($"/{name}/Admin")).TextsOf("nav a"));
        Assert.Contains("Contact us", (await admin.GetAsync("/Admin")).TextsOf("nav a"));

        await SiteFixture.SetFeatureStateAsync(boss, "Enable", $"/{name}");
        var page = await boss.GetAsync($"/{name}{SiteFixture.Page}");
        Assert.Equal("Nothing has been sent yet.", page.TextOf("main > p, main p.text-body-secondary"));
        await SiteFixture.SetFeatureStateAsync(boss, "Disable", $"/{name}");
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}{SiteFixture.Page}")).Status);
    }

    /// <summary>Waits until the entry of a message starts with a text and contains another.</summary>
    private static async Task<string> WaitForEntryAsync(WebBrowser browser, string start, string part = "")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (true)
        {
            var entries = (await browser.GetAsync(SiteFixture.Page)).TextsOf("main .list-group-item");

            if (entries.FirstOrDefault(text => text.StartsWith(start, StringComparison.Ordinal) && text.Contains(part, StringComparison.Ordinal)) is { } entry)
            {
                return entry;
            }

            Assert.False(limit.IsCancellationRequested, $"'{start}' isn't listed: {string.Join(" | ", entries)}");
            await Task.Delay(50);
        }
    }

    private static async Task<WebPage> SendAsync(WebBrowser browser, string subject, string recipient = "ann@example.com", string text = "Good day.", (string Name, string Text)? attachment = null)
    {
        var fields = (await browser.GetAsync(SiteFixture.Page)).Fields();
        fields["Recipient"] = recipient;
        fields["Subject"] = subject;
        fields["Text"] = text;
        fields.Remove("Attachment");

        return attachment is null
            ? await browser.PostAsync(SiteFixture.Page, fields)
            : await browser.PostFileAsync(SiteFixture.Page, fields, "Attachment", attachment.Value.Name, Encoding.UTF8.GetBytes(attachment.Value.Text));
    }
}
