using System.Net;
using System.Text;
using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Samples.ContactUs.Tests;

/// <summary>The sample, as its users see it.</summary>
public sealed class ContactUsTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_message_is_mailed_with_its_attachment_and_listed()
    {
        using var admin = await site.AdminAsync();
        var marker = $"{Guid.NewGuid():N}";
        var subject = $"Ein Gruß {marker}";
        var answer = await SendAsync(admin, subject, attachment: ("Grüße & Küsse.txt", "Hello\nfrom a file"));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var page = await answer.FollowAsync();

        Assert.Contains("The message was sent to ann@example.com.", page.Messages);
        var entry = page.One("main .list-group-item");
        Assert.StartsWith($"{subject} Sent", entry, StringComparison.Ordinal);
        Assert.Contains("to ann@example.com by admin · with Grüße & Küsse.txt", entry, StringComparison.Ordinal);

        var mail = (await ReceivedMail.WaitAsync(site.Exim.Outbox, marker)).Message;
        Assert.Equal(subject, mail.Subject);
        Assert.Equal("Good day.", mail.TextBody?.Trim());
        var attachment = Assert.IsType<TextPart>(Assert.Single(mail.Attachments), exactMatch: false);
        Assert.Equal("Grüße & Küsse.txt", attachment.FileName);
        Assert.Equal("Hello\nfrom a file", attachment.Text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_message_goes_without_an_attachment_too()
    {
        using var admin = await site.AdminAsync();
        var subject = $"Plain {Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(admin, subject)).Status);

        Assert.Empty((await ReceivedMail.WaitAsync(site.Exim.Outbox, subject)).Message.Attachments);
    }

    [Theory]
    [InlineData("pagenum=2147483647")]
    [InlineData("pageSize=2147483647&pagenum=2147483647")]
    [InlineData("pageSize=-1&pagenum=-1")]
    public async Task A_page_beyond_the_last_shows_what_there_is(string query)
    {
        using var admin = await site.AdminAsync();
        await SendAsync(admin, $"Listed {Guid.NewGuid():N}");

        Assert.NotEmpty((await admin.GetAsync($"/Admin/ContactUs?{query}")).All("main .list-group-item"));
    }

    [Fact]
    public async Task What_is_missing_is_told_at_its_field_and_what_was_typed_comes_back()
    {
        using var admin = await site.AdminAsync();
        var answer = await SendAsync(admin, subject: " ", recipient: "nobody", text: "Typed <with care>");

        Assert.Equal("Enter one mail address, such as ann@example.com.", answer.One("#contact-recipient-error"));
        Assert.Equal("Enter what it is about, in 200 characters at most.", answer.One("#contact-subject-error"));
        Assert.Equal("", answer.One("#contact-text-error"));
        Assert.Equal("nobody", answer.Fields()["Recipient"]);
        Assert.Equal("Typed <with care>", answer.One("textarea"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told()
    {
        using var admin = await site.AdminAsync();
        var answer = await SendAsync(admin, "Large", attachment: ("large.txt", new string('x', (10 * 1024 * 1024) + 1)));

        Assert.Equal("The file is larger than 10 MB. Send a link to it instead.", answer.One("#contact-attachment-error"));
        Assert.Equal("Choose the file again: browsers do not send it back.", answer.One("#contact-attachment-help"));
    }

    [Fact]
    public async Task A_mail_that_fails_says_why_and_what_to_do_and_is_listed_as_not_sent()
    {
        using var admin = await site.AdminAsync();
        await Site.UseServerAsync(admin, FreePort.Next());
        var subject = $"Lost {Guid.NewGuid():N}";
        var answer = await SendAsync(admin, subject);
        Assert.StartsWith("localhost refused the connection", answer.One("main .alert-danger"), StringComparison.Ordinal);
        Assert.Contains("Check Port", answer.One("main .alert-danger"), StringComparison.Ordinal);
        Assert.Equal(subject, answer.Fields()["Subject"]);
        var page = await admin.GetAsync(Site.Page);
        Assert.StartsWith($"{subject} Not sent", page.One("main .list-group-item"), StringComparison.Ordinal);

        await Site.UseServerAsync(admin, site.Exim.StartTlsPort);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(admin, subject)).Status);
    }

    [Fact]
    public async Task A_mail_through_a_server_that_fails_silently_is_not_called_sent()
    {
        using var admin = await site.AdminAsync();
        await Site.UseServerAsync(admin, FreePort.Next(), failsSilently: true);
        var subject = $"Nobody knows {Guid.NewGuid():N}";
        var page = await (await SendAsync(admin, subject)).FollowAsync();
        Assert.Contains(page.Messages, message => message.StartsWith("The message to ann@example.com was handed over.", StringComparison.Ordinal));
        Assert.StartsWith($"{subject} Handed over", page.One("main .list-group-item"), StringComparison.Ordinal);

        await Site.UseServerAsync(admin, site.Exim.StartTlsPort);
    }

    [Fact]
    public async Task A_message_takes_the_permission_and_a_token()
    {
        using var visitor = new WebBrowser(site.Address);
        Assert.StartsWith("/Login", (await visitor.GetAsync(Site.Page)).Location, StringComparison.Ordinal);

        using var admin = await site.AdminAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync(Site.Page, new Dictionary<string, string> { ["Recipient"] = "ann@example.com", ["Subject"] = "x", ["Text"] = "x" })).Status);

        var name = $"u{Guid.NewGuid():N}"[..12];
        await (await admin.GetAsync("/Admin/Roles/Create")).SubmitAsync(new() { ["Role.RoleName"] = name, ["Role.Permissions"] = "AccessAdminPanel" });
        await (await admin.GetAsync("/Admin/Users/Create")).SubmitAsync(new() { ["User.UserName"] = name, ["User.Email"] = $"{name}@example.com", ["User.Password"] = "Password-1", ["User.PasswordConfirmation"] = "Password-1", ["User.Roles"] = name });
        using var other = new WebBrowser(site.Address);
        await other.SignInAsync(name, "Password-1");
        Assert.StartsWith("/Error/403", (await other.GetAsync(Site.Page)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_there_in_the_tenant_that_enabled_it_alone()
    {
        using var admin = await site.AdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.RunAsync(admin, site.Address, name, new() { ["RecipeName"] = "Horilla" });

        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}{Site.Page}")).Status);
        Assert.DoesNotContain("Contact us", (await boss.GetAsync($"/{name}/Admin")).All("nav a"));
        Assert.Contains("Contact us", (await admin.GetAsync("/Admin")).All("nav a"));

        await Site.SwitchAsync(boss, "Enable", $"/{name}");
        var page = await boss.GetAsync($"/{name}{Site.Page}");
        Assert.Equal("Nothing has been sent yet.", page.One("main > p, main p.text-body-secondary"));
        await Site.SwitchAsync(boss, "Disable", $"/{name}");
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}{Site.Page}")).Status);
    }

    private static async Task<WebPage> SendAsync(WebBrowser browser, string subject, string recipient = "ann@example.com", string text = "Good day.", (string Name, string Text)? attachment = null)
    {
        var fields = (await browser.GetAsync(Site.Page)).Fields();
        fields["Recipient"] = recipient;
        fields["Subject"] = subject;
        fields["Text"] = text;
        fields.Remove("Attachment");

        return attachment is null
            ? await browser.PostAsync(Site.Page, fields)
            : await browser.PostFileAsync(Site.Page, fields, "Attachment", attachment.Value.Name, Encoding.UTF8.GetBytes(attachment.Value.Text));
    }
}
