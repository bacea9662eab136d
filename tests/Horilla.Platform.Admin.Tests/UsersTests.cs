using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Creates, edits, disables and deletes users in the admin panel.</summary>
public sealed class UsersTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    private const string List = "/Admin/Users/Index";

    [Fact]
    public async Task A_user_can_be_created_disabled_and_deleted()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = $"user{Guid.NewGuid():N}";
        var created = await (await CreateAsync(admin, name)).FollowAsync();
        Assert.Contains($"The user {name} was created.", created.Messages);

        using var browser = running.AnonymousBrowser();
        await browser.SignInAsync(name, "Password-9");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Admin/OutgoingMail")).Status);

        var edit = await EditAsync(admin, name);
        Assert.Equal($"{name}@example.com", edit.Fields()["User.Email"]);
        Assert.True(edit.Document.QuerySelector("#role-viewer")!.HasAttribute("checked"));
        await edit.SubmitAsync(new() { ["User.IsEnabled"] = "false" });
        Assert.Contains("Disabled", (await admin.GetAsync($"{List}?search={name}")).TextOf(".ta-row"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.AnonymousBrowser().SignInAsync(name, "Password-9"));

        var delete = await admin.GetAsync((await admin.GetAsync($"{List}?search={name}")).Document.QuerySelector(".ta-row a[href*='/Delete/']")!.GetAttribute("href")!);
        Assert.Contains(name, delete.TextOf("main p"), StringComparison.Ordinal);
        Assert.Contains($"The user {name} was deleted.", (await (await delete.SubmitAsync()).FollowAsync()).Messages);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search={name}")).TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("山田太郎", "山田 太郎")]
    [InlineData("Müller", "Frau Müller <b>")]
    [InlineData("علي", "علي")]
    public async Task A_user_has_a_name_in_any_script_and_a_display_name(string script, string displayName)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = script + Guid.NewGuid().ToString("N")[..8];
        var email = $"{Guid.NewGuid():N}@example.com";
        var created = await CreateAsync(admin, name, new() { ["User.DisplayName"] = displayName, ["User.Email"] = email });
        Assert.Contains($"The user {name} was created.", (await created.FollowAsync()).Messages);
        var row = (await admin.GetAsync($"{List}?search={email}")).TextOf(".ta-row")!;
        Assert.StartsWith(displayName, row, StringComparison.Ordinal);
        Assert.Contains($"{name} · {email}", row, StringComparison.Ordinal);
        Assert.Contains("Never signed in", row, StringComparison.Ordinal);

        using var browser = running.AnonymousBrowser();
        await browser.SignInAsync(name, "Password-9");
        Assert.Equal($"Signed in as {displayName}", (await browser.GetAsync("/Admin")).TextOf(".ta-user-menu div"));
        Assert.Contains("Last signed in on 20", (await admin.GetAsync($"{List}?search={email}")).TextOf(".ta-row"), StringComparison.Ordinal);
        Assert.Equal(displayName, (await EditAsync(admin, email)).Fields()["User.DisplayName"]);
    }

    [Fact]
    public async Task A_user_is_invited_by_email_and_chooses_the_password()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificateAuthority(folder.Path, "Test Authority");
        await using var server = await AioSmtpServer.StartAsync(folder, "clear", authority.Issue("mail", "localhost"));
        using var admin = await running.SignInAsAdminAsync();
        await (await admin.GetAsync("/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            ["OutgoingMailConfiguration.Host"] = "localhost",
            ["OutgoingMailConfiguration.Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["OutgoingMailConfiguration.UseTls"] = "false",
            ["OutgoingMailConfiguration.Username"] = AioSmtpServer.UserName,
            ["OutgoingMailConfiguration.Password"] = AioSmtpServer.Password,
            ["OutgoingMailConfiguration.DefaultFrom"] = "invitations@example.com",
            ["OutgoingMailConfiguration.DisplayName"] = "Invitations",
            ["OutgoingMailConfiguration.IsPrimary"] = "true",
        });
        var name = $"user{Guid.NewGuid():N}";
        var list = await (await CreateAsync(admin, name, new() { ["User.SendsInvitation"] = "true", ["User.Password"] = "", ["User.PasswordConfirmation"] = "" })).FollowAsync();
        Assert.Contains($"The invitation was sent to {name}@example.com.", list.Messages);
        Assert.Contains("Send invitation", (await admin.GetAsync($"{List}?search={name}")).TextOf(".ta-row"), StringComparison.Ordinal);

        var mail = (await ReceivedMessage.WaitAsync(server.ReceivedFolder, name)).Message;
        var link = System.Text.RegularExpressions.Regex.Match(mail.TextBody ?? "", "http://[^ \\r\\n]+").Value;
        Assert.StartsWith(running.Address.ToString(), link, StringComparison.Ordinal);
        using var invited = running.AnonymousBrowser();
        var page = await invited.GetAsync(new Uri(link).PathAndQuery);
        Assert.Equal("Choose your password", page.Title);

        // A new address makes the link invalid that the earlier one received, and so does another invitation.
        var edit = await EditAsync(admin, name);
        Assert.Contains($"The invitation of {name} is no longer valid. Send it again.", (await (await edit.SubmitAsync(new() { ["User.Email"] = $"{name}@other.example" })).FollowAsync()).Messages);
        Assert.Equal("Invitation no longer valid", (await invited.GetAsync(new Uri(link).PathAndQuery)).Title);
        await (await admin.GetAsync($"{List}?search={name}")).SubmitAsync(form: "main form[action*='/Invite/']");
        mail = (await ReceivedMessage.WaitAsync(server.ReceivedFolder, $"{name}@other.example")).Message;
        link = System.Text.RegularExpressions.Regex.Match(mail.TextBody ?? "", "http://[^ \\r\\n]+").Value;
        page = await invited.GetAsync(new Uri(link).PathAndQuery);
        var weak = await page.SubmitAsync(new() { ["Password"] = "weak", ["PasswordConfirmation"] = "weak" });
        Assert.Contains("at least 8 characters", weak.TextOf("[data-valmsg-for=Password]"), StringComparison.Ordinal);
        var done = await weak.SubmitAsync(new() { ["Password"] = "Chosen-11", ["PasswordConfirmation"] = "Chosen-11" });
        Assert.Contains($"Your password is set. Sign in as {name}.", (await done.FollowAsync()).Messages);
        await invited.SignInAsync(name, "Chosen-11");

        // The link works once, and only complete.
        Assert.Equal("Invitation no longer valid", (await invited.GetAsync(new Uri(link).PathAndQuery)).Title);
        Assert.Equal("Invitation no longer valid", (await invited.GetAsync("/Invitation?id=x&token=y")).Title);
        Assert.DoesNotContain("Send invitation", (await admin.GetAsync($"{List}?search={name}")).TextOf(".ta-row"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_a_user_or_removing_a_role_takes_effect_on_the_next_request()
    {
        using var admin = await running.SignInAsAdminAsync();
        var (demoted, deleted) = ($"user{Guid.NewGuid():N}", $"user{Guid.NewGuid():N}");

        foreach (var name in new[] { demoted, deleted })
        {
            await CreateAsync(admin, name, new() { ["User.Roles"] = "Administrator" });
        }

        using var first = running.AnonymousBrowser();
        using var second = running.AnonymousBrowser();
        await first.SignInAsync(demoted, "Password-9");
        await second.SignInAsync(deleted, "Password-9");
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync(List)).Status);
        var form = await second.GetAsync("/Admin/Users/Create");

        await (await EditAsync(admin, demoted)).SubmitAsync(new() { ["User.Roles"] = null });
        await (await admin.GetAsync((await admin.GetAsync($"{List}?search={deleted}")).Document.QuerySelector(".ta-row a[href*='/Delete/']")!.GetAttribute("href")!)).SubmitAsync();
        Assert.StartsWith("/Login", (await first.GetAsync(List)).Location, StringComparison.Ordinal);
        var ghost = await form.SubmitAsync(new() { ["User.UserName"] = "ghost", ["User.Email"] = "ghost@example.com", ["User.Password"] = "Password-9", ["User.PasswordConfirmation"] = "Password-9" });
        Assert.NotEqual(HttpStatusCode.OK, ghost.Status);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search=ghost")).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = $"user{Guid.NewGuid():N}";
        await CreateAsync(admin, name);
        var form = await admin.GetAsync((await admin.GetAsync($"{List}?search={name}")).Document.QuerySelector(".ta-row a[href*='/EditPassword/']")!.GetAttribute("href")!);
        var weak = await form.SubmitAsync(new() { ["User.Password"] = "weak", ["User.PasswordConfirmation"] = "weak" });
        Assert.Contains("at least 8 characters", weak.TextOf("[data-valmsg-for='User.Password']"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await form.SubmitAsync(new() { ["User.Password"] = "Password-10", ["User.PasswordConfirmation"] = "Password-10" })).Status);

        await running.AnonymousBrowser().SignInAsync(name, "Password-10");
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.AnonymousBrowser().SignInAsync(name, "Password-9"));
    }

    [Theory]
    [InlineData("UserName", "", "Enter a user name")]
    [InlineData("UserName", "admin", "already taken")]
    [InlineData("UserName", "no\u200bblanks", "invisible or only look like others")]
    [InlineData("UserName", "аdmin", "looks too much like that of another user")]
    [InlineData("DisplayName", "two\nlines", "no line breaks")]
    [InlineData("Email", "", "Enter one email address")]
    [InlineData("Email", "nobody", "Enter one email address")]
    [InlineData("Email", "admin@example.com", "already taken")]
    [InlineData("Password", "", "Enter a password")]
    [InlineData("Password", "short", "at least 8 characters")]
    [InlineData("PasswordConfirmation", "other", "don't match")]
    public async Task An_invalid_value_is_reported_at_its_field_and_nothing_is_saved(string field, string value, string message)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = $"user{Guid.NewGuid():N}";
        var changes = new Dictionary<string, string?> { [$"User.{field}"] = value };

        if (field == "Password")
        {
            changes["User.PasswordConfirmation"] = value;
        }

        var page = await CreateAsync(admin, name, changes);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf($"[data-valmsg-for='User.{field}']"), StringComparison.Ordinal);
        Assert.Equal(field == "Email" ? value : $"{name}@example.com", page.Fields()["User.Email"]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search={name}")).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_disabled_demoted_or_deleted()
    {
        using var admin = await running.SignInAsAdminAsync();
        var edit = await EditAsync(admin, "admin");
        var disabled = await edit.SubmitAsync(new() { ["User.IsEnabled"] = "false" });
        Assert.Contains("This is the last administrator", disabled.TextOf("[data-valmsg-for='User.IsEnabled']"), StringComparison.Ordinal);
        var degraded = await edit.SubmitAsync(new() { ["User.Roles"] = null });
        Assert.Contains("This is the last administrator", degraded.TextOf("[data-valmsg-for='User.Roles']"), StringComparison.Ordinal);

        var delete = await admin.GetAsync((await admin.GetAsync($"{List}?search=admin")).Document.QuerySelector(".ta-row a[href*='/Delete/']")!.GetAttribute("href")!);
        Assert.Contains((await (await delete.SubmitAsync()).FollowAsync()).Messages, message => message.Contains("is the last administrator", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(List)).Status);
    }

    [Fact]
    public async Task A_user_manager_cannot_create_or_edit_administrators()
    {
        using var admin = await running.SignInAsAdminAsync();
        using var personnel = await running.SignInAsync("personnel");
        var form = await personnel.GetAsync("/Admin/Users/Create");
        Assert.Null(form.Document.QuerySelector("#role-Administrator"));
        var name = $"user{Guid.NewGuid():N}";
        var refused = await CreateAsync(personnel, name, new() { ["User.Roles"] = "Administrator" });
        Assert.Contains("You can't assign a role", refused.TextOf("[data-valmsg-for='User.Roles']"), StringComparison.Ordinal);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search={name}")).TextOf("main"), StringComparison.Ordinal);

        var links = (await personnel.GetAsync($"{List}?search=admin")).Document.QuerySelectorAll(".ta-row a").Select(link => link.GetAttribute("href")!).ToArray();
        Assert.All(links, link => Assert.Equal(HttpStatusCode.NotFound, personnel.GetAsync(link).GetAwaiter().GetResult().Status));
    }

    [Fact]
    public async Task Users_require_a_permission()
    {
        using var viewer = await running.SignInAsync("viewer");
        var token = (await viewer.GetAsync("/Horilla.TestHost/Token/Index")).Text;

        foreach (var url in new[] { List, "/Admin/Users/Create", "/Admin/Users/Edit/x", "/Admin/Users/EditPassword/x", "/Admin/Users/Delete/x" })
        {
            Assert.StartsWith("/Error/403", (await viewer.GetAsync(url)).Location, StringComparison.Ordinal);

            if (url != List)
            {
                Assert.StartsWith("/Error/403", (await viewer.PostAsync(url, [new("__RequestVerificationToken", token)])).Location, StringComparison.Ordinal);
            }
        }
    }

    private static async Task<WebPage> CreateAsync(WebBrowser browser, string name, Dictionary<string, string?>? changes = null)
        => await (await browser.GetAsync("/Admin/Users/Create")).SubmitAsync(new Dictionary<string, string?>
        {
            ["User.UserName"] = name,
            ["User.Email"] = $"{name}@example.com",
            ["User.Password"] = "Password-9",
            ["User.PasswordConfirmation"] = "Password-9",
            ["User.Roles"] = "viewer",
        }.Concat(changes ?? []).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value));

    private static async Task<WebPage> EditAsync(WebBrowser browser, string name)
        => await browser.GetAsync((await browser.GetAsync($"{List}?search={name}")).Document.QuerySelector(".ta-row a[href*='/Edit/']")!.GetAttribute("href")!);
}
