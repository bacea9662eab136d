using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class FormTests(Site site)
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
        { "UseSsl", "true", "Choose one of them" },
        { "Username", "", "Enter the name to sign in with" },
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
        using var admin = await site.AdminAsync();
        var page = await admin.GetAsync(Servers.New);
        var fields = page.Fields();

        Assert.Equal("Outgoing Mail Server Configuration", page.Title);
        Assert.Subset(
            page.All("label").ToHashSet(),
            new HashSet<string>
            {
                "Host", "Port", "Default From Mail", "Email Host Username", "Display Name", "App Password", "Use TLS", "Use SSL", "Fail Silently",
                "Primary Mail Server", "Use dynamic display name", "Email Send Timeout (seconds)", "This server needs no sign-in",
            });
        Assert.Equal("587", fields[Servers.Field("Port")]);
        Assert.Equal("true", fields[Servers.Field("UseTls")]);
        Assert.Equal("false", fields[Servers.Field("UseSsl")]);
        Assert.Equal("false", fields[Servers.Field("FailSilently")]);
        Assert.Equal("30", fields[Servers.Field("TimeoutSeconds")]);
        Assert.Contains("Save", page.All("form button[type=submit]"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_server()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("twice");
        var page = await admin.GetAsync(Servers.New);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => page.SubmitAsync(Servers.Form(("Username", name)))));
        var again = await (await page.SubmitAsync(Servers.Form(("Username", name)))).FollowAsync();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Contains(again.Messages, message => message.Contains("already exists: the form was submitted twice", StringComparison.Ordinal));
        Assert.NotEmpty(await Servers.FindAsync(admin, name));

        // Back in the browser, and something else is typed into the same form: that is another server.
        var other = Servers.UniqueName("other");
        await page.SubmitAsync(Servers.Form(("Username", other)));
        Assert.NotEqual(await Servers.FindAsync(admin, name), await Servers.FindAsync(admin, other));

        // Whatever it is: no setting is lost.
        await page.SubmitAsync(Servers.Form(("Username", name), ("TimeoutSeconds", "77")));
        var rows = (await admin.GetAsync($"{Servers.List}?search={name}")).All("tbody tr");
        Assert.Equal(2, rows.Count(row => row.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Username", "in\u200bfo@acme.example", "position 3: U+200B (zero width space)")]
    [InlineData("DefaultFrom", "info@ac\u00adme.example", "position 8: U+00AD (soft hyphen)")]
    [InlineData("Password", "sec\ufeffret", "position 4: U+FEFF (zero width no-break space)")]
    [InlineData("Host", "smtp\u200e.example.com", "position 5: U+200E (left-to-right mark)")]
    [InlineData("LocalDomain", "vm", "isn't a fully qualified host name")]
    [InlineData("LocalDomain", "[999.1.1.1]", "isn't a fully qualified host name")]
    [InlineData("Host", "169.254.169.254", "may not connect to the network")]
    [InlineData("Host", "[::ffff:169.254.169.254]", "may not connect to the network")]
    public async Task What_nobody_sees_and_what_is_not_allowed_is_told_at_its_field(string field, string value, string message)
    {
        using var admin = await site.AdminAsync();
        var page = await (await admin.GetAsync(Servers.New)).SubmitAsync(Servers.Form((field, value)));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.One($"[data-valmsg-for='{Servers.Field(field)}']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_sees_at_the_ends_is_left_out()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("trimmed");
        var id = await Servers.CreateAsync(admin, ("Username", $"\u200b{name}\u00a0"), ("DefaultFrom", $"\ufeff{name}\u200e "), ("Password", $"\u200b{EximServer.Password}\ufeff"), ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var fields = (await admin.GetAsync(Servers.Edit(id))).Fields();

        Assert.Equal((name, name), (fields[Servers.Field("Username")], fields[Servers.Field("DefaultFrom")]));
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("Username")] = EximServer.UserName, [Servers.Field("DefaultFrom")] = EximServer.UserName });
        Assert.Contains("Sent", (await Servers.SendTestAsync(admin, id, "\u200breader@example.com\ufeff")).One("#om-result h2"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task A_wrong_value_is_told_at_its_field_and_nothing_is_lost(string field, string? value, string message)
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("typed");
        var form = Servers.Form(("Username", name), (field, value));
        var page = await (await admin.GetAsync(Servers.New)).SubmitAsync(form);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.One($"[data-valmsg-for='{Servers.Field(field)}']"), StringComparison.Ordinal);
        Assert.Contains("Nothing was saved", page.One("main .alert-danger"), StringComparison.Ordinal);

        // Browsers send a line break within a line as nothing, and show it so.
        foreach (var (key, typed) in form.Where(pair => pair.Key != Servers.Field("Password") && pair.Value?.Contains('\n', StringComparison.Ordinal) != true))
        {
            Assert.Equal(typed, page.Fields()[key]);
        }

        Assert.Empty(page.Fields()[Servers.Field("Password")]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{Servers.List}?search={name}")).One("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_does_not_come_back_is_asked_for_again()
    {
        using var admin = await site.AdminAsync();
        var created = await (await admin.GetAsync(Servers.New)).SubmitAsync(Servers.Form(("Port", "0")));
        Assert.Contains("Re-enter the password", created.One($"[data-valmsg-for='{Servers.Field("Password")}']"), StringComparison.Ordinal);
        Assert.Equal("", created.Document.QuerySelector($"[name='{Servers.Field("Password")}']")!.GetAttribute("placeholder"));
        Assert.Null(created.Document.QuerySelector($"[name='{Servers.Field("RemovePassword")}']"));

        var id = await Servers.CreateAsync(admin);
        var edited = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("Password")] = "a new one", [Servers.Field("TimeoutSeconds")] = "soon" });
        Assert.Contains("Re-enter the password", edited.One($"[data-valmsg-for='{Servers.Field("Password")}']"), StringComparison.Ordinal);

        var filled = await (await admin.GetAsync(Servers.New)).SubmitAsync(new() { [Servers.Field("Provider")] = "gmail", [Servers.Field("FillIn")] = "true", [Servers.Field("Password")] = "typed" });
        Assert.Contains("Re-enter the password", filled.One("main .alert-info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_a_server_that_was_deleted_meanwhile_can_become_a_new_one()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        var form = await admin.GetAsync(Servers.Edit(id));
        await (await admin.GetAsync(Servers.Delete(id))).SubmitAsync();
        var name = Servers.UniqueName("kept");
        var gone = await form.SubmitAsync(new() { [Servers.Field("Username")] = name });

        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Contains("was deleted while you edited it", gone.One("main .alert-warning"), StringComparison.Ordinal);
        Assert.Equal(name, gone.Fields()[Servers.Field("Username")]);
        Assert.Equal(HttpStatusCode.Redirect, (await gone.SubmitAsync(new() { [Servers.Field("Password")] = "again" })).Status);
        await Servers.FindAsync(admin, name);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_any_more_is_told_how_to_lose_nothing()
    {
        using var admin = await site.AdminAsync();
        var form = await admin.GetAsync(Servers.New);
        using var visitor = site.Visitor();
        var page = await visitor.PostAsync(Servers.New, form.Fields());

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("You are not signed in any more", page.Title);
        Assert.Equal("_blank", page.Document.QuerySelector("a[href='/Login']")?.GetAttribute("target"));
    }

    [Fact]
    public async Task Saving_and_deleting_lead_back_to_the_list_as_it_was()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("back");
        var id = await Servers.CreateAsync(admin, ("Username", name));
        var list = $"{Servers.List}?search={name}&sort=type&direction=desc&pageSize=5";
        var edit = (await admin.GetAsync(list)).Document.QuerySelector("tbody .om-name a")!.GetAttribute("href")!;
        var form = await admin.GetAsync(edit);

        Assert.Equal(list, Uri.UnescapeDataString((await form.SubmitAsync()).Location!));
        Assert.Equal(list, Uri.UnescapeDataString(form.Document.QuerySelectorAll("main form a").Last().GetAttribute("href")!));
        Assert.Equal(Servers.List, (await (await admin.GetAsync(edit)).SubmitAsync(new() { ["returnUrl"] = "//evil.example/" })).Location);
        var delete = (await admin.GetAsync(list)).Document.QuerySelectorAll("tbody .om-actions a").Last().GetAttribute("href")!;
        Assert.Contains(id, delete, StringComparison.Ordinal);
        Assert.Equal(list, Uri.UnescapeDataString((await (await admin.GetAsync(delete)).SubmitAsync()).Location!));
    }

    [Fact]
    public async Task A_post_without_any_field_creates_nothing()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var form = await admin.GetAsync(Servers.New);
        var page = await admin.PostAsync(Servers.New, form.Fields().Where(field => field.Key == "__RequestVerificationToken"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(page.All(".om-error"), text => text.Length > 0);
        Assert.Contains("No mail server yet", (await admin.GetAsync(Servers.List)).One("main"), StringComparison.Ordinal);
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
    public async Task A_host_is_stored_in_its_plain_form(string typed, string stored)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Host", typed));

        Assert.Equal(stored, (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field("Host")]);
    }

    [Fact]
    public async Task What_cannot_be_stored_whole_is_not_stored_at_all()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("half");
        var unprotectable = new Dictionary<string, string?> { [Servers.Field("Password")] = "cannot be protected" };
        var created = await (await admin.GetAsync(Servers.New)).SubmitAsync(Servers.Form(("Username", name), ("Password", "cannot be protected")));

        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.Contains("Nothing was saved", created.One("main .alert-danger"), StringComparison.Ordinal);
        Assert.Equal(name, created.Fields()[Servers.Field("Username")]);
        Assert.Equal("Acme", created.Fields()[Servers.Field("DisplayName")]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{Servers.List}?search={name}")).One("main"), StringComparison.Ordinal);

        var id = await Servers.CreateAsync(admin, ("DisplayName", "Before"));
        var edited = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new(unprotectable) { [Servers.Field("DisplayName")] = "After" });
        Assert.Contains("Nothing was saved", edited.One("main .alert-danger"), StringComparison.Ordinal);
        Assert.Equal("After", edited.Fields()[Servers.Field("DisplayName")]);
        Assert.Equal("Before", (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field("DisplayName")]);
    }

    [Fact]
    public async Task A_server_that_needs_no_sign_in_needs_no_name_and_no_password()
    {
        using var admin = await site.AdminAsync();
        var sender = Servers.UniqueName("relay");
        var id = await Servers.CreateAsync(admin, ("Username", ""), ("Password", ""), ("NeedsNoSignIn", "true"), ("DefaultFrom", sender));

        Assert.Equal(id, await Servers.FindAsync(admin, sender));
        Assert.Equal(sender, (await admin.GetAsync($"{Servers.List}?search={sender}")).One("tbody .om-name a"));
    }

    [Fact]
    public async Task An_edit_is_stored_and_said()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        var name = Servers.UniqueName("edited");
        var answer = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new()
        {
            [Servers.Field("Username")] = name,
            [Servers.Field("DisplayName")] = "Zoë <b> & Söhne",
            [Servers.Field("FailSilently")] = "true",
            [Servers.Field("UseDynamicDisplayName")] = "true",
        });

        Assert.Contains($"The mail server {name} was saved.", (await answer.FollowAsync()).Messages);
        var fields = (await admin.GetAsync(Servers.Edit(id))).Fields();
        Assert.Equal("Zoë <b> & Söhne", fields[Servers.Field("DisplayName")]);
        Assert.Equal("true", fields[Servers.Field("FailSilently")]);
        Assert.Equal("true", fields[Servers.Field("UseDynamicDisplayName")]);
    }

    [Fact]
    public async Task A_password_in_clear_is_warned_of_but_allowed()
    {
        using var admin = await site.AdminAsync();
        var answer = await (await admin.GetAsync(Servers.New)).SubmitAsync(Servers.Form(("UseTls", "false")));

        Assert.Contains((await answer.FollowAsync()).Messages, message => message.Contains("is reached without TLS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_primary_is_shown_as_such_in_a_form_that_comes_back()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var only = await Servers.CreateAsync(admin);
        var page = await (await admin.GetAsync(Servers.Edit(only))).SubmitAsync(new() { [Servers.Field("Port")] = "no" });

        Assert.True(page.Document.QuerySelector("#OutgoingMailConfiguration_IsPrimary")?.HasAttribute("checked"));
    }

    [Fact]
    public async Task An_edit_of_an_old_state_is_not_stored_and_shows_both()
    {
        using var admin = await site.AdminAsync();
        using var manager = await site.AsAsync("manager");
        await Servers.CreateAsync(admin);
        var id = await Servers.CreateAsync(admin, ("DisplayName", "Before"));
        var mine = await admin.GetAsync(Servers.Edit(id));
        await (await manager.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("DisplayName")] = "Theirs", [Servers.Field("NeedsNoSignIn")] = "true" });
        var conflict = await mine.SubmitAsync(new()
        {
            [Servers.Field("DisplayName")] = "Mine",
            [Servers.Field("UseTls")] = "false",
            [Servers.Field("Password")] = "typed",
            [Servers.Field("IsPrimary")] = "true",
        });

        Assert.Equal(HttpStatusCode.OK, conflict.Status);
        Assert.Contains("manager has saved this mail server while you edited it", conflict.One("#om-conflict"), StringComparison.Ordinal);
        string[] Row(string label) => [.. conflict.Document.QuerySelectorAll("#om-conflict tbody tr").Single(row => row.Children[0].TextContent == label).Children.Skip(1).Select(cell => cell.TextContent)];
        Assert.Equal(["Mine", "Theirs"], Row("Display Name"));
        Assert.Equal(["No", "Yes"], Row("Use TLS"));
        Assert.Equal(["No", "Yes"], Row("This server needs no sign-in"));
        Assert.Equal(["Another one, not stored yet: enter it again", "Stored"], Row("App Password"));
        Assert.Equal(["Yes", "No"], Row("Primary Mail Server"));
        Assert.Equal("Mine", conflict.Fields()[Servers.Field("DisplayName")]);
        Assert.Empty(conflict.Messages);
        Assert.Equal("Theirs", (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field("DisplayName")]);

        // Whoever has seen both may go on.
        Assert.Equal(HttpStatusCode.Redirect, (await conflict.SubmitAsync(new() { [Servers.Field("Password")] = "typed" })).Status);
        Assert.Equal("Mine", (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field("DisplayName")]);
    }

    [Fact]
    public async Task Of_edits_at_the_same_moment_one_is_stored_and_the_others_are_told()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        var form = await admin.GetAsync(Servers.Edit(id));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => form.SubmitAsync(new() { [Servers.Field("DisplayName")] = $"Edit {number}" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.OK && answer.Document.QuerySelector("#om-conflict") is not null));
    }

    [Fact]
    public async Task Without_scripts_a_provider_is_filled_in_by_a_button_and_nothing_is_saved()
    {
        using var admin = await site.AdminAsync();
        var page = await (await admin.GetAsync(Servers.New)).SubmitAsync(new()
        {
            [Servers.Field("Provider")] = "yahoo",
            [Servers.Field("FillIn")] = "true",
            [Servers.Field("DisplayName")] = "Typed before",
            [Servers.Field("TimeoutSeconds")] = "soon",
        });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var fields = page.Fields();
        Assert.Equal("smtp.mail.yahoo.com", fields[Servers.Field("Host")]);
        Assert.Equal("465", fields[Servers.Field("Port")]);
        Assert.Equal("false", fields[Servers.Field("UseTls")]);
        Assert.Equal("true", fields[Servers.Field("UseSsl")]);
        Assert.Equal("Typed before", fields[Servers.Field("DisplayName")]);
        Assert.Equal("soon", fields[Servers.Field("TimeoutSeconds")]);
        Assert.Contains("Filled in for Yahoo. Nothing is saved yet.", page.One("main .alert-info"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main .alert-danger, .om-error:not(:empty)"));
        Assert.False(page.Document.QuerySelector("[data-om-hint=yahoo]")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task Without_scripts_there_is_nothing_to_fill_in_for_any_other_provider()
    {
        using var admin = await site.AdminAsync();
        var page = await (await admin.GetAsync(Servers.New)).SubmitAsync(new() { [Servers.Field("Host")] = "smtp.gmail.com", [Servers.Field("Provider")] = "", [Servers.Field("FillIn")] = "true" });

        Assert.Contains("There is nothing to fill in for another provider", page.One("main .alert-info"), StringComparison.Ordinal);
        Assert.Equal("smtp.gmail.com", page.Fields()[Servers.Field("Host")]);
    }

    [Fact]
    public async Task Every_well_known_provider_is_offered()
    {
        using var admin = await site.AdminAsync();
        var page = await admin.GetAsync(Servers.New);

        Assert.Equal(
            ["Any other", "Gmail", "Yahoo", "Zoho", "iCloud", "Amazon SES", "SendGrid", "Mailgun", "Fastmail"],
            page.All($"select[name='{Servers.Field("Provider")}'] option"));
        Assert.Equal(8, page.Document.QuerySelectorAll("[data-om-hint]").Length);
    }

    [Theory]
    [InlineData("/Admin/OutgoingMail/Create/NoSuchType", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Create", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Edit/00000000000000000000000000", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Delete/unknown", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Test/unknown", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Create/Nope", "Page not found")]
    [InlineData("/Admin/OutgoingMail/Diagnosis/unknown", "Page not found")]
    public async Task What_is_not_there_is_404(string url, string title)
    {
        using var admin = await site.AdminAsync();
        var page = await admin.GetAsync(url);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(title, page.Title);
    }
}
