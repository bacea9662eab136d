using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The form's test messages: without saving, and right after saving.</summary>
[Collection(SiteCollection.Name)]
public sealed class UnsavedTestTests(SiteFixture site)
{
    [Fact]
    public async Task A_new_server_is_tested_with_what_is_typed_and_nothing_is_stored()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var recipient = MailServerPages.UniqueName("reader");
        var page = await TestAsync(await admin.GetAsync(MailServerPages.New), recipient, MailServerPages.Form(("Port", MailServerPages.Invariant(site.Exim.StartTlsPort))));

        Assert.Equal($"Sent: the server accepted the message for {recipient}", page.TextOf("#om-result h2"));
        Assert.Equal(7, page.TextsOf("#om-result .om-step-passed").Count);
        Assert.Equal(recipient, (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, recipient)).Message.To.ToString());
        Assert.Equal(EximServer.UserName, page.Fields()[MailServerPages.Field("Username")]);
        Assert.DoesNotContain(EximServer.Password, page.Text, StringComparison.Ordinal);
        Assert.Equal("Re-enter the password. It isn't kept when the form is shown again.", page.TextOf("#om-password-error"));
        Assert.Contains("No mail servers yet", (await admin.GetAsync(MailServerPages.List)).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_is_tested_with_the_stored_password_and_changes_neither_settings_nor_status()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var wrong = FreePort.Next();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(wrong)));
        var page = await TestAsync(await admin.GetAsync(MailServerPages.Edit(id)), "reader@example.com", new() { [MailServerPages.Field("Port")] = MailServerPages.Invariant(site.Exim.StartTlsPort) });

        Assert.StartsWith("Sent", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal(MailServerPages.Invariant(site.Exim.StartTlsPort), page.Fields()[MailServerPages.Field("Port")]);
        Assert.Equal(MailServerPages.Invariant(wrong), (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("Port")]);
        Assert.Equal(["Never used"], (await admin.GetAsync(MailServerPages.List)).TextsOf("tbody .om-status"));

        // The form that is shown again can be saved.
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await page.SubmitAsync()).Status);
        Assert.Equal(MailServerPages.Invariant(site.Exim.StartTlsPort), (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("Port")]);
    }

    [Fact]
    public async Task A_failure_is_explained_and_the_saved_server_keeps_its_connections()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        var page = await TestAsync(await admin.GetAsync(MailServerPages.Edit(id)), "reader@example.com", new() { [MailServerPages.Field("Password")] = "wrong" });

        Assert.StartsWith("Not sent: localhost rejected the sign-in of", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.StartsWith("Working", Assert.Single((await admin.GetAsync(MailServerPages.List)).TextsOf("tbody .om-status")), StringComparison.Ordinal);
        var again = await SendServiceClient.SendAsync(admin, ("configurationId", id));
        Assert.Equal(0, (int)again["status"]!);
        Assert.Contains(again["steps"]!.AsArray(), step => (string?)step!["detail"] == "kept open");
    }

    [Fact]
    public async Task A_stored_password_is_not_tried_at_another_host()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var page = await TestAsync(await admin.GetAsync(MailServerPages.Edit(id)), "reader@example.com", new() { [MailServerPages.Field("Host")] = "127.0.0.1" });

        Assert.Null(page.Document.QuerySelector("#om-result"));
        Assert.StartsWith("Re-enter the password. The stored one was entered for localhost", page.TextOf("#om-password-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_recipient_or_field_is_reported_at_its_place_before_anything_is_sent_or_saved()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);

        foreach (var button in new[] { "test", "follow-up" })
        {
            var page = await TestAsync(await admin.GetAsync(MailServerPages.New), "nobody", MailServerPages.Form(("Port", "0")), button);
            Assert.Contains("isn't a valid email address", page.TextOf("#om-recipient-error"), StringComparison.Ordinal);
            Assert.Equal("nobody", page.Document.QuerySelector("#recipient")?.GetAttribute("value"));
            Assert.Equal("true", page.Document.QuerySelector("#recipient")?.GetAttribute("aria-invalid"));
            Assert.Contains("Enter a port", page.TextOf("#om-port-error"), StringComparison.Ordinal);
            Assert.Equal("true", page.Document.QuerySelector("[name='OutgoingMailConfiguration.Port']")?.GetAttribute("aria-invalid"));
            Assert.Equal("OutgoingMailConfiguration.Port", Assert.Single(page.Document.QuerySelectorAll("[autofocus]")).GetAttribute("name"));
            Assert.Null(page.Document.QuerySelector("#om-result"));

            page = await TestAsync(await admin.GetAsync(MailServerPages.New), "nobody", MailServerPages.Form(), button);
            Assert.StartsWith("Re-enter the password", page.TextOf("#om-password-error"), StringComparison.Ordinal);
        }

        Assert.Contains("No mail servers yet", (await admin.GetAsync(MailServerPages.List)).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_can_send_a_test_mail_to_the_administrators_own_address()
    {
        using var admin = await site.SignInAsAdminAsync();
        var form = await admin.GetAsync(MailServerPages.New);
        Assert.Equal("to admin@example.com", form.TextOf("#om-recipient-echo"));
        var fields = MailServerPages.Form(("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)), ("DisplayName", "Saved and sent"));
        var saved = await TestAsync(form, recipient: null, fields, "follow-up");

        // The browser posts the same form to the next action.
        Assert.Equal(System.Net.HttpStatusCode.TemporaryRedirect, saved.Status);
        var posted = form.Fields().Concat(fields.Select(field => KeyValuePair.Create(field.Key, field.Value ?? ""))).GroupBy(field => field.Key).Select(group => KeyValuePair.Create(group.Key, group.Last().Value));
        var page = await admin.PostAsync(saved.Location!, posted);
        Assert.Equal("Sent: the server accepted the message for admin@example.com", page.TextOf("#om-result h2"));
        Assert.Contains(page.Messages, message => message.EndsWith("was created.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Saving_with_a_test_mail_shows_the_same_warnings()
    {
        using var admin = await site.SignInAsAdminAsync();
        var form = await admin.GetAsync(MailServerPages.New);
        var saved = await TestAsync(form, "reader@example.com", MailServerPages.Form(("UseTls", "false")), "follow-up");

        Assert.Equal(System.Net.HttpStatusCode.TemporaryRedirect, saved.Status);
        Assert.Contains((await admin.GetAsync(MailServerPages.List)).Messages, message => message.Contains("is unencrypted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Testing_requires_the_permission_and_an_outlook_server_a_sign_in()
    {
        using var manager = await site.SignInAsync("manager");
        var form = await manager.GetAsync(MailServerPages.New);
        Assert.Null(form.Document.QuerySelector("[name='submit.Action']"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await TestAsync(form, "reader@example.com", MailServerPages.Form())).Status);

        using var admin = await site.SignInAsAdminAsync();
        Assert.Null((await admin.GetAsync(OutlookServerPages.New)).Document.QuerySelector("[name='submit.Action'][value=test]"));
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var page = await TestAsync(await admin.GetAsync(MailServerPages.Edit(id)), user.Mail, new() { [MailServerPages.Field("DisplayName")] = "Tried out" });
        Assert.StartsWith("Sent", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains(site.FakeMicrosoft.Graph.Sent, sent => sent.Message.From.ToString().Contains("Tried out", StringComparison.Ordinal));
        Assert.DoesNotContain("Tried out", (await admin.GetAsync(MailServerPages.Edit(id))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_client_secret_shows_in_the_test_and_leaves_the_sign_in_alone()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var page = await TestAsync(await admin.GetAsync(MailServerPages.Edit(id)), user.Mail, new() { [MailServerPages.Field("ClientSecret")] = "not-the-secret" });

        Assert.StartsWith("Not sent:", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("client secret", page.TextOf("#om-result"), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith($"Signed in as {user.Mail}, token valid", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
        Assert.StartsWith("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_background_test_asks_for_no_secret_again()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await TestAsync(await admin.GetAsync(MailServerPages.New), "reader@example.com", new(MailServerPages.Form(("Port", "0"))) { ["inBackground"] = "true" });

        Assert.Contains("Enter a port", page.TextOf("#om-port-error"), StringComparison.Ordinal);
        Assert.Equal("", page.TextOf("#om-password-error"));

        // Only a test keeps the form in the browser.
        page = await TestAsync(await admin.GetAsync(MailServerPages.New), "reader@example.com", new(MailServerPages.Form(("Port", "0"))) { ["inBackground"] = "true" }, button: "");
        Assert.StartsWith("Re-enter the password", page.TextOf("#om-password-error"), StringComparison.Ordinal);
    }

    private static Task<WebPage> TestAsync(WebPage form, string? recipient, Dictionary<string, string?> fields, string button = "test")
    {
        var posted = new Dictionary<string, string?>(fields) { ["submit.Action"] = button };

        if (recipient is not null)
        {
            posted["recipient"] = recipient;
        }

        return form.SubmitAsync(posted);
    }
}
