using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class FormTests(SiteFixture site)
{
    public static TheoryData<string, string?, string> Invalid => new()
    {
        { "Host", "", "Enter the host name" },
        { "Host", "https://smtp.example.com", "a valid host name" },
        { "Host", "smtp.example.com/path", "a valid host name" },
        { "Host", "smtp.example.com:587", "a valid host name" },
        { "Host", "smtp example.com", "a valid host name" },
        { "Host", "smtp.example.com\r\nX: y", "a valid host name" },
        { "Host", "-bad-.example.com", "a valid host name" },
        { "Host", "256.1.1.1", "a valid host name" },
        { "Host", "127.1", "a valid host name" },
        { "Host", "1.2.3", "a valid host name" },
        { "Host", "010.0.0.1", "a valid host name" },
        { "Host", $"{string.Join('.', Enumerable.Repeat("abcdefghi", 26))}.example", "a valid host name" },
        { "Port", "", "from 1 to 65535" },
        { "Port", "0", "from 1 to 65535" },
        { "Port", "65536", "from 1 to 65535" },
        { "Port", "many", "from 1 to 65535" },
        { "Port", "5.87", "from 1 to 65535" },
        { "UseSsl", "true", "Choose either Use TLS" },
        { "Username", "", "Enter the user name" },
        { "Username", "a\r\nb", "no line break" },
        { "Password", "", "Enter the password" },
        { "Password", "a\r\nb", "no line break" },
        { "DefaultFrom", "", "Enter the address" },
        { "DefaultFrom", "info", "a valid email address" },
        { "DefaultFrom", "Acme <info@acme.example>", "a valid email address" },
        { "DefaultFrom", "a@acme.example, b@acme.example", "a valid email address" },
        { "DefaultFrom", "info@acme.example\r\nBcc: x@evil.example", "a valid email address" },
        { "DisplayName", "", "Enter the name that recipients see" },
        { "DisplayName", "Acme\r\nBcc: x@evil.example", "no line break" },
        { "TimeoutSeconds", "", "from 1 to 600" },
        { "TimeoutSeconds", "0", "from 1 to 600" },
        { "TimeoutSeconds", "601", "from 1 to 600" },
        { "TimeoutSeconds", "soon", "from 1 to 600" },
    };

    [Fact]
    public async Task A_new_form_has_the_labels_and_defaults()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync(MailServerPages.New);
        var fields = page.Fields();

        Assert.Equal("Outgoing Mail Server Configuration", page.Title);
        Assert.Subset(
            page.TextsOf("label").ToHashSet(),
            new HashSet<string>
            {
                "Host", "Port", "Default From Mail", "Email Host Username", "Display Name", "App Password", "Use TLS", "Use SSL", "Fail Silently",
                "Primary Mail Server", "Use dynamic display name", "Email Send Timeout (seconds)", "No sign-in required",
            });
        Assert.Equal("587", fields[MailServerPages.Field("Port")]);
        Assert.Equal("true", fields[MailServerPages.Field("UseTls")]);
        Assert.Equal("false", fields[MailServerPages.Field("UseSsl")]);
        Assert.Equal("false", fields[MailServerPages.Field("FailSilently")]);
        Assert.Equal("30", fields[MailServerPages.Field("TimeoutSeconds")]);
        Assert.Contains("Save", page.TextsOf("form button[type=submit]"));
    }

    [Fact]
    public async Task A_form_that_is_submitted_twice_creates_one_server()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("twice");
        var page = await admin.GetAsync(MailServerPages.New);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => page.SubmitAsync(MailServerPages.Form(("Username", name)))));
        var again = await (await page.SubmitAsync(MailServerPages.Form(("Username", name)))).FollowAsync();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Contains(again.Messages, message => message.Contains("already exists: the form was submitted twice", StringComparison.Ordinal));
        Assert.NotEmpty(await MailServerPages.FindAsync(admin, name));

        // Going back in the browser and changing the same form creates another server.
        var other = MailServerPages.UniqueName("other");
        await page.SubmitAsync(MailServerPages.Form(("Username", other)));
        Assert.NotEqual(await MailServerPages.FindAsync(admin, name), await MailServerPages.FindAsync(admin, other));

        // Any change counts, so that no setting is lost.
        await page.SubmitAsync(MailServerPages.Form(("Username", name), ("TimeoutSeconds", "77")));
        var rows = (await admin.GetAsync($"{MailServerPages.List}?search={name}")).TextsOf("tbody tr");
        Assert.Equal(2, rows.Count(row => row.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Username", "in\u200bfo@acme.example", "position 3: U+200B (zero width space)")]
    [InlineData("DefaultFrom", "info@ac\u00adme.example", "position 8: U+00AD (soft hyphen)")]
    [InlineData("Password", "sec\ufeffret", "position 4: U+FEFF (zero width no-break space)")]
    [InlineData("Host", "smtp\u200e.example.com", "position 5: U+200E (left-to-right mark)")]
    [InlineData("LocalDomain", "vm", "isn't a fully qualified host name")]
    [InlineData("LocalDomain", "[999.1.1.1]", "isn't a fully qualified host name")]
    [InlineData("Host", "169.254.169.254", "isn't allowed to connect to the network")]
    [InlineData("Host", "[::ffff:169.254.169.254]", "isn't allowed to connect to the network")]
    public async Task Invisible_characters_and_forbidden_values_are_reported_at_their_fields(string field, string value, string message)
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form((field, value)));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf($"[data-valmsg-for='{MailServerPages.Field(field)}']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invisible_characters_at_the_ends_are_removed()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("trimmed");
        var id = await MailServerPages.CreateAsync(admin, ("Username", $"\u200b{name}\u00a0"), ("DefaultFrom", $"\ufeff{name}\u200e "), ("Password", $"\u200b{EximServer.Password}\ufeff"), ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var fields = (await admin.GetAsync(MailServerPages.Edit(id))).Fields();

        Assert.Equal((name, name), (fields[MailServerPages.Field("Username")], fields[MailServerPages.Field("DefaultFrom")]));
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Username")] = EximServer.UserName, [MailServerPages.Field("DefaultFrom")] = EximServer.UserName });
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id, "\u200breader@example.com\ufeff")).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_value_is_reported_at_its_field_and_input_is_kept(string field, string? value, string message)
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("typed");
        var form = MailServerPages.Form(("Username", name), (field, value));
        var page = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(form);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf($"[data-valmsg-for='{MailServerPages.Field(field)}']"), StringComparison.Ordinal);
        Assert.Contains("Nothing was saved", page.TextOf("main .alert-danger"), StringComparison.Ordinal);

        // Browsers drop line breaks from single-line fields.
        foreach (var (key, typed) in form.Where(pair => pair.Key != MailServerPages.Field("Password") && pair.Value?.Contains('\n', StringComparison.Ordinal) != true))
        {
            Assert.Equal(typed, page.Fields()[key]);
        }

        Assert.Empty(page.Fields()[MailServerPages.Field("Password")]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{MailServerPages.List}?search={name}")).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_has_to_be_entered_again_when_the_form_is_shown_again()
    {
        using var admin = await site.SignInAsAdminAsync();
        var created = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form(("Port", "0")));
        Assert.Contains("Re-enter the password", created.TextOf($"[data-valmsg-for='{MailServerPages.Field("Password")}']"), StringComparison.Ordinal);
        Assert.DoesNotContain("Stored.", created.TextOf("#om-password-help"), StringComparison.Ordinal);
        Assert.Null(created.Document.QuerySelector($"[name='{MailServerPages.Field("RemovePassword")}']"));

        var id = await MailServerPages.CreateAsync(admin);
        var edited = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Password")] = "a new one", [MailServerPages.Field("TimeoutSeconds")] = "soon" });
        Assert.Contains("Re-enter the password", edited.TextOf($"[data-valmsg-for='{MailServerPages.Field("Password")}']"), StringComparison.Ordinal);

        var filled = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(new() { [MailServerPages.Field("Provider")] = "gmail", [MailServerPages.Field("FillIn")] = "true", [MailServerPages.Field("Password")] = "typed" });
        Assert.Contains("Re-enter the password", filled.TextOf("main .alert-info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_a_server_that_was_deleted_can_be_saved_as_a_new_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        var form = await admin.GetAsync(MailServerPages.Edit(id));
        await (await admin.GetAsync(MailServerPages.Delete(id))).SubmitAsync();
        var name = MailServerPages.UniqueName("kept");
        var gone = await form.SubmitAsync(new() { [MailServerPages.Field("Username")] = name });

        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Contains("was deleted while you were editing it", gone.TextOf("main .alert-warning"), StringComparison.Ordinal);
        Assert.Equal(name, gone.Fields()[MailServerPages.Field("Username")]);
        Assert.Equal(HttpStatusCode.Redirect, (await gone.SubmitAsync(new() { [MailServerPages.Field("Password")] = "again" })).Status);
        await MailServerPages.FindAsync(admin, name);
    }

    [Fact]
    public async Task An_expired_session_explains_how_to_keep_the_input()
    {
        using var admin = await site.SignInAsAdminAsync();
        var form = await admin.GetAsync(MailServerPages.New);
        using var visitor = site.Visitor();
        var page = await visitor.PostAsync(MailServerPages.New, form.Fields());

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Session expired", page.Title);
        Assert.Equal("_blank", page.Document.QuerySelector("a[href='/Login']")?.GetAttribute("target"));
    }

    [Fact]
    public async Task Saving_and_deleting_return_to_the_list_with_its_search_sorting_and_paging()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("back");
        var id = await MailServerPages.CreateAsync(admin, ("Username", name));
        var list = $"{MailServerPages.List}?search={name}&sort=type&direction=desc&pageSize=5";
        var edit = (await admin.GetAsync(list)).Document.QuerySelector("tbody .om-actions a[href*='/Edit/']")!.GetAttribute("href")!;
        var form = await admin.GetAsync(edit);

        Assert.Equal(list, Uri.UnescapeDataString((await form.SubmitAsync()).Location!));
        Assert.Equal(list, Uri.UnescapeDataString(form.Document.QuerySelectorAll("main form a").Last().GetAttribute("href")!));
        Assert.Equal(MailServerPages.List, (await (await admin.GetAsync(edit)).SubmitAsync(new() { ["returnUrl"] = "//evil.example/" })).Location);
        var delete = (await admin.GetAsync(list)).Document.QuerySelectorAll("tbody .om-actions a").Last().GetAttribute("href")!;
        Assert.Contains(id, delete, StringComparison.Ordinal);
        Assert.Equal(list, Uri.UnescapeDataString((await (await admin.GetAsync(delete)).SubmitAsync()).Location!));
    }

    [Fact]
    public async Task A_post_without_any_field_creates_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var form = await admin.GetAsync(MailServerPages.New);
        var page = await admin.PostAsync(MailServerPages.New, form.Fields().Where(field => field.Key == "__RequestVerificationToken"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(page.TextsOf(".om-field-error"), text => text.Length > 0);
        Assert.Contains("No mail servers yet", (await admin.GetAsync(MailServerPages.List)).TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("SMTP.Example.COM", "smtp.example.com")]
    [InlineData(" smtp.example.com ", "smtp.example.com")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("localhost", "localhost")]
    [InlineData("localhost.", "localhost")]
    [InlineData("mail_relay", "mail_relay")]
    [InlineData("\u200bsmtp.example.com\ufeff", "smtp.example.com")]
    public async Task A_host_name_is_stored_in_normalized_form(string typed, string stored)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Host", typed));

        Assert.Equal(stored, (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("Host")]);
    }

    [Fact]
    public async Task A_server_is_stored_completely_or_not_at_all()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("half");
        var unprotectable = new Dictionary<string, string?> { [MailServerPages.Field("Password")] = "cannot be protected" };
        var created = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form(("Username", name), ("Password", "cannot be protected")));

        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.Contains("Nothing was saved", created.TextOf("main .alert-danger"), StringComparison.Ordinal);
        Assert.Equal(name, created.Fields()[MailServerPages.Field("Username")]);
        Assert.Equal("Acme", created.Fields()[MailServerPages.Field("DisplayName")]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{MailServerPages.List}?search={name}")).TextOf("main"), StringComparison.Ordinal);

        var id = await MailServerPages.CreateAsync(admin, ("DisplayName", "Before"));
        var edited = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new(unprotectable) { [MailServerPages.Field("DisplayName")] = "After" });
        Assert.Contains("Nothing was saved", edited.TextOf("main .alert-danger"), StringComparison.Ordinal);
        Assert.Equal("After", edited.Fields()[MailServerPages.Field("DisplayName")]);
        Assert.Equal("Before", (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("DisplayName")]);
    }

    [Fact]
    public async Task A_server_without_sign_in_needs_no_user_name_or_password()
    {
        using var admin = await site.SignInAsAdminAsync();
        var sender = MailServerPages.UniqueName("relay");
        var id = await MailServerPages.CreateAsync(admin, ("Username", ""), ("Password", ""), ("NeedsNoSignIn", "true"), ("DefaultFrom", sender));

        Assert.Equal(id, await MailServerPages.FindAsync(admin, sender));
        Assert.Equal(sender, (await admin.GetAsync($"{MailServerPages.List}?search={sender}")).TextOf("tbody .om-name a"));
    }

    [Fact]
    public async Task An_edit_is_stored_and_confirmed()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        var name = MailServerPages.UniqueName("edited");
        var answer = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new()
        {
            [MailServerPages.Field("Username")] = name,
            [MailServerPages.Field("DisplayName")] = "Zoë <b> & Söhne",
            [MailServerPages.Field("FailSilently")] = "true",
            [MailServerPages.Field("UseDynamicDisplayName")] = "true",
        });

        Assert.Contains($"The mail server {name} was saved. Send test mail", (await answer.FollowAsync()).Messages);
        var fields = (await admin.GetAsync(MailServerPages.Edit(id))).Fields();
        Assert.Equal("Zoë <b> & Söhne", fields[MailServerPages.Field("DisplayName")]);
        Assert.Equal("true", fields[MailServerPages.Field("FailSilently")]);
        Assert.Equal("true", fields[MailServerPages.Field("UseDynamicDisplayName")]);
    }

    [Fact]
    public async Task An_unencrypted_password_is_allowed_with_a_warning()
    {
        using var admin = await site.SignInAsAdminAsync();
        var answer = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form(("UseTls", "false")));

        Assert.Contains((await answer.FollowAsync()).Messages, message => message.Contains("is unencrypted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_primary_server_stays_marked_in_a_form_with_errors()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var only = await MailServerPages.CreateAsync(admin);
        var page = await (await admin.GetAsync(MailServerPages.Edit(only))).SubmitAsync(new() { [MailServerPages.Field("Port")] = "no" });

        Assert.True(page.Document.QuerySelector("#OutgoingMailConfiguration_IsPrimary")?.HasAttribute("checked"));
    }

    [Fact]
    public async Task A_conflicting_edit_is_not_stored_and_shows_both_versions()
    {
        using var admin = await site.SignInAsAdminAsync();
        using var manager = await site.SignInAsync("manager");
        await MailServerPages.CreateAsync(admin);
        var id = await MailServerPages.CreateAsync(admin, ("DisplayName", "Before"));
        var mine = await admin.GetAsync(MailServerPages.Edit(id));
        await (await manager.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("DisplayName")] = "Theirs", [MailServerPages.Field("NeedsNoSignIn")] = "true" });
        var conflict = await mine.SubmitAsync(new()
        {
            [MailServerPages.Field("DisplayName")] = "Mine",
            [MailServerPages.Field("UseTls")] = "false",
            [MailServerPages.Field("Password")] = "typed",
            [MailServerPages.Field("IsPrimary")] = "true",
        });

        Assert.Equal(HttpStatusCode.OK, conflict.Status);
        Assert.Contains("manager saved this mail server while you were editing it", conflict.TextOf("#om-conflict"), StringComparison.Ordinal);
        string[] Row(string label) => [.. conflict.Document.QuerySelectorAll("#om-conflict tbody tr").Single(row => row.Children[0].TextContent == label).Children.Skip(1).Select(cell => cell.TextContent)];
        Assert.Equal(["Mine", "Theirs"], Row("Display Name"));
        Assert.Equal(["No", "Yes"], Row("Use TLS"));
        Assert.Equal(["No", "Yes"], Row("No sign-in required"));
        Assert.Equal(["Changed, but not stored yet. Re-enter it.", "Stored"], Row("App Password"));
        Assert.Equal(["Yes", "No"], Row("Primary Mail Server"));
        Assert.Equal("Mine", conflict.Fields()[MailServerPages.Field("DisplayName")]);
        Assert.Empty(conflict.Messages);
        Assert.Equal("Theirs", (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("DisplayName")]);

        // After the user has seen both versions, the edit can be saved.
        Assert.Equal(HttpStatusCode.Redirect, (await conflict.SubmitAsync(new() { [MailServerPages.Field("Password")] = "typed" })).Status);
        Assert.Equal("Mine", (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("DisplayName")]);
    }

    [Fact]
    public async Task Of_concurrent_edits_one_is_stored_and_the_others_are_shown_as_conflicts()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        var form = await admin.GetAsync(MailServerPages.Edit(id));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => form.SubmitAsync(new() { [MailServerPages.Field("DisplayName")] = $"Edit {number}" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.OK && answer.Document.QuerySelector("#om-conflict") is not null));
    }

    [Fact]
    public async Task Without_scripts_a_button_fills_in_a_provider_and_saves_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(new()
        {
            [MailServerPages.Field("Provider")] = "yahoo",
            [MailServerPages.Field("FillIn")] = "true",
            [MailServerPages.Field("DisplayName")] = "Typed before",
            [MailServerPages.Field("TimeoutSeconds")] = "soon",
        });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var fields = page.Fields();
        Assert.Equal("smtp.mail.yahoo.com", fields[MailServerPages.Field("Host")]);
        Assert.Equal("465", fields[MailServerPages.Field("Port")]);
        Assert.Equal("false", fields[MailServerPages.Field("UseTls")]);
        Assert.Equal("true", fields[MailServerPages.Field("UseSsl")]);
        Assert.Equal("Typed before", fields[MailServerPages.Field("DisplayName")]);
        Assert.Equal("soon", fields[MailServerPages.Field("TimeoutSeconds")]);
        Assert.Contains("Filled in for Yahoo. Nothing is saved yet.", page.TextOf("main .alert-info"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main .alert-danger:not([hidden]), .om-field-error:not(:empty)"));
        Assert.False(page.Document.QuerySelector("[data-om-provider-hint=yahoo]")!.HasAttribute("hidden"));
    }

    [Theory]
    [InlineData("gmail", "smtp.gmail.com", "", "500")]
    [InlineData("workspace", "smtp.gmail.com", "", "2000")]
    [InlineData("microsoft365", "smtp.office365.com", "30", "10000")]
    [InlineData("yahoo", "smtp.mail.yahoo.com", "", "")]
    public async Task Without_scripts_the_limits_of_a_provider_are_filled_in_and_the_saved_server_keeps_it(string provider, string host, string minute, string day)
    {
        using var admin = await site.SignInAsAdminAsync();
        var filled = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(new()
        {
            [MailServerPages.Field("Provider")] = provider,
            [MailServerPages.Field("FillIn")] = "true",
            [MailServerPages.Field("MessagesPerMinute")] = "7",
            [MailServerPages.Field("RecipientsPerDay")] = "7",
        });
        Assert.Equal(minute, filled.Fields()[MailServerPages.Field("MessagesPerMinute")]);
        Assert.Equal(day, filled.Fields()[MailServerPages.Field("RecipientsPerDay")]);

        var id = await MailServerPages.CreateAsync(admin, ("Provider", provider), ("Host", host), ("MessagesPerMinute", minute), ("RecipientsPerDay", day));
        var saved = (await admin.GetAsync(MailServerPages.Edit(id))).Fields();
        Assert.Equal(provider, saved[MailServerPages.Field("Provider")]);
        Assert.Equal(day, saved[MailServerPages.Field("RecipientsPerDay")]);
    }

    [Fact]
    public async Task Without_scripts_there_is_nothing_to_fill_in_for_any_other_provider()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(new() { [MailServerPages.Field("Host")] = "smtp.gmail.com", [MailServerPages.Field("Provider")] = "", [MailServerPages.Field("FillIn")] = "true" });

        Assert.Contains("Nothing was filled in", page.TextOf("main .alert-info"), StringComparison.Ordinal);
        Assert.Equal("smtp.gmail.com", page.Fields()[MailServerPages.Field("Host")]);
    }

    [Fact]
    public async Task Every_well_known_provider_is_offered()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync(MailServerPages.New);

        Assert.Equal(
            ["Other", "Gmail", "Google Workspace", "Microsoft 365", "Yahoo", "Zoho", "iCloud", "Amazon SES", "SendGrid", "Mailgun", "Fastmail"],
            page.TextsOf($"select[name='{MailServerPages.Field("Provider")}'] option"));
        Assert.Equal(11, page.Document.QuerySelectorAll("[data-om-provider-hint]").Length);
    }

    [Theory]
    [InlineData("/Admin/OutgoingMail/Create/NoSuchType", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Create", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Edit/00000000000000000000000000", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Delete/unknown", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Test/unknown", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Create/Nope", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Diagnosis/unknown", "Page not found")]
    public async Task An_unknown_address_returns_404(string url, string title)
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync(url);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(title, page.Title);
    }
}
