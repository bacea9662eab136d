using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Users, created, edited, disabled and deleted in the admin panel.</summary>
public sealed class UsersTests(RunningHost running) : IClassFixture<RunningHost>
{
    private const string List = "/Admin/Users/Index";

    [Fact]
    public async Task A_user_is_created_signs_in_is_disabled_and_deleted()
    {
        using var admin = await running.AdminAsync();
        var name = $"user{Guid.NewGuid():N}";
        var created = await (await CreateAsync(admin, name)).FollowAsync();
        Assert.Contains($"The user {name} was created.", created.Messages);

        using var browser = running.Visitor();
        await browser.SignInAsync(name, "Password-9");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Admin/OutgoingMail")).Status);

        var edit = await EditAsync(admin, name);
        Assert.Equal($"{name}@example.com", edit.Fields()["User.Email"]);
        Assert.True(edit.Document.QuerySelector("#role-viewer")!.HasAttribute("checked"));
        await edit.SubmitAsync(new() { ["User.IsEnabled"] = "false" });
        Assert.Contains("Disabled", (await admin.GetAsync($"{List}?search={name}")).One(".ta-row"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.Visitor().SignInAsync(name, "Password-9"));

        var delete = await admin.GetAsync((await admin.GetAsync($"{List}?search={name}")).Document.QuerySelector(".ta-row a[href*='/Delete/']")!.GetAttribute("href")!);
        Assert.Contains(name, delete.One("main p"), StringComparison.Ordinal);
        Assert.Contains($"The user {name} was deleted.", (await (await delete.SubmitAsync()).FollowAsync()).Messages);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search={name}")).One("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_deleted_or_loses_a_role_is_out_with_the_next_request()
    {
        using var admin = await running.AdminAsync();
        var (demoted, deleted) = ($"user{Guid.NewGuid():N}", $"user{Guid.NewGuid():N}");

        foreach (var name in new[] { demoted, deleted })
        {
            await CreateAsync(admin, name, new() { ["User.Roles"] = "Administrator" });
        }

        using var first = running.Visitor();
        using var second = running.Visitor();
        await first.SignInAsync(demoted, "Password-9");
        await second.SignInAsync(deleted, "Password-9");
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync(List)).Status);
        var form = await second.GetAsync("/Admin/Users/Create");

        await (await EditAsync(admin, demoted)).SubmitAsync(new() { ["User.Roles"] = null });
        await (await admin.GetAsync((await admin.GetAsync($"{List}?search={deleted}")).Document.QuerySelector(".ta-row a[href*='/Delete/']")!.GetAttribute("href")!)).SubmitAsync();
        Assert.StartsWith("/Login", (await first.GetAsync(List)).Location, StringComparison.Ordinal);
        var ghost = await form.SubmitAsync(new() { ["User.UserName"] = "ghost", ["User.Email"] = "ghost@example.com", ["User.Password"] = "Password-9", ["User.PasswordConfirmation"] = "Password-9" });
        Assert.NotEqual(HttpStatusCode.OK, ghost.Status);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search=ghost")).One("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        using var admin = await running.AdminAsync();
        var name = $"user{Guid.NewGuid():N}";
        await CreateAsync(admin, name);
        var form = await admin.GetAsync((await admin.GetAsync($"{List}?search={name}")).Document.QuerySelector(".ta-row a[href*='/EditPassword/']")!.GetAttribute("href")!);
        var weak = await form.SubmitAsync(new() { ["User.Password"] = "weak", ["User.PasswordConfirmation"] = "weak" });
        Assert.Contains("at least 8 characters", weak.One("[data-valmsg-for='User.Password']"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await form.SubmitAsync(new() { ["User.Password"] = "Password-10", ["User.PasswordConfirmation"] = "Password-10" })).Status);

        await running.Visitor().SignInAsync(name, "Password-10");
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.Visitor().SignInAsync(name, "Password-9"));
    }

    [Theory]
    [InlineData("UserName", "", "Enter the name")]
    [InlineData("UserName", "admin", "already taken")]
    [InlineData("UserName", "no blanks", "is invalid")]
    [InlineData("Email", "", "Enter one mail address")]
    [InlineData("Email", "nobody", "Enter one mail address")]
    [InlineData("Email", "admin@example.com", "already taken")]
    [InlineData("Password", "", "Enter a password")]
    [InlineData("Password", "short", "at least 8 characters")]
    [InlineData("PasswordConfirmation", "other", "not the same")]
    public async Task A_wrong_value_is_told_at_its_field_and_nothing_is_saved(string field, string value, string message)
    {
        using var admin = await running.AdminAsync();
        var name = $"user{Guid.NewGuid():N}";
        var changes = new Dictionary<string, string?> { [$"User.{field}"] = value };

        if (field == "Password")
        {
            changes["User.PasswordConfirmation"] = value;
        }

        var page = await CreateAsync(admin, name, changes);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.One($"[data-valmsg-for='User.{field}']"), StringComparison.Ordinal);
        Assert.Equal(field == "Email" ? value : $"{name}@example.com", page.Fields()["User.Email"]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search={name}")).One("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        using var admin = await running.AdminAsync();
        var edit = await EditAsync(admin, "admin");
        var disabled = await edit.SubmitAsync(new() { ["User.IsEnabled"] = "false" });
        Assert.Contains("This is the last administrator", disabled.One("[data-valmsg-for='User.IsEnabled']"), StringComparison.Ordinal);
        var degraded = await edit.SubmitAsync(new() { ["User.Roles"] = null });
        Assert.Contains("This is the last administrator", degraded.One("[data-valmsg-for='User.Roles']"), StringComparison.Ordinal);

        var delete = await admin.GetAsync((await admin.GetAsync($"{List}?search=admin")).Document.QuerySelector(".ta-row a[href*='/Delete/']")!.GetAttribute("href")!);
        Assert.Contains((await (await delete.SubmitAsync()).FollowAsync()).Messages, message => message.Contains("is the last administrator", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(List)).Status);
    }

    [Fact]
    public async Task Who_manages_users_makes_no_administrators_and_changes_none()
    {
        using var admin = await running.AdminAsync();
        using var personnel = await running.AsAsync("personnel");
        var form = await personnel.GetAsync("/Admin/Users/Create");
        Assert.Null(form.Document.QuerySelector("#role-Administrator"));
        var name = $"user{Guid.NewGuid():N}";
        var refused = await CreateAsync(personnel, name, new() { ["User.Roles"] = "Administrator" });
        Assert.Contains("You can't give a role", refused.One("[data-valmsg-for='User.Roles']"), StringComparison.Ordinal);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{List}?search={name}")).One("main"), StringComparison.Ordinal);

        var links = (await personnel.GetAsync($"{List}?search=admin")).Document.QuerySelectorAll(".ta-row a").Select(link => link.GetAttribute("href")!).ToArray();
        Assert.All(links, link => Assert.Equal(HttpStatusCode.NotFound, personnel.GetAsync(link).GetAwaiter().GetResult().Status));
    }

    [Fact]
    public async Task Users_take_a_permission()
    {
        using var viewer = await running.AsAsync("viewer");
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
