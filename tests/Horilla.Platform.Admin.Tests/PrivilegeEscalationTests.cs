using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Users can't grant, edit or take over anything beyond their own permissions.</summary>
public sealed class PrivilegeEscalationTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    private const string Critical = "ManageOutgoingMailServers";

    [Fact]
    public async Task A_user_manager_cannot_assign_more_powerful_roles_or_edit_users_who_have_them()
    {
        using var admin = await running.SignInAsAdminAsync();
        using var personnel = await running.SignInAsync("personnel");
        var form = await personnel.GetAsync("/Admin/Users/Create");
        Assert.Null(form.Document.QuerySelector("#role-manager"));
        Assert.NotNull(form.Document.QuerySelector("#role-nobody"));

        foreach (var role in (string[])["manager", "Administrator", "Anonymous", "no-such-role"])
        {
            var page = await form.SubmitAsync(User($"user{Guid.NewGuid():N}", role));
            Assert.Contains("You can't assign a role", page.TextOf("[data-valmsg-for='User.Roles']"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await form.SubmitAsync(User($"user{Guid.NewGuid():N}", "nobody"))).Status);

        foreach (var name in (string[])["manager", "admin", "tester"])
        {
            foreach (var link in (await personnel.GetAsync($"/Admin/Users/Index?search={name}")).Document.QuerySelectorAll(".ta-row a").Select(link => link.GetAttribute("href")!))
            {
                Assert.Equal(HttpStatusCode.NotFound, (await personnel.GetAsync(link)).Status);
            }
        }
    }

    [Fact]
    public async Task A_role_manager_cannot_grant_permissions_that_they_do_not_have()
    {
        using var admin = await running.SignInAsAdminAsync();
        var role = $"keeper{Guid.NewGuid():N}";
        await PostAsync(admin, "/Admin/Roles/Create", ("Role.RoleName", role), ("Role.Permissions", "AccessAdminPanel"), ("Role.Permissions", "ManageRoles"), ("Role.Permissions", "ViewOutgoingMailServers"));
        await (await admin.GetAsync("/Admin/Users/Create")).SubmitAsync(User(role, role));
        using var keeper = running.AnonymousBrowser();
        await keeper.SignInAsync(role, "Password-9");

        var form = await keeper.GetAsync($"/Admin/Roles/Edit/{role}");
        Assert.True(form.Document.QuerySelector($"#permission-{Critical}")!.HasAttribute("disabled"));
        var refused = await PostAsync(keeper, $"/Admin/Roles/Edit/{role}", ("Role.Permissions", "AccessAdminPanel"), ("Role.Permissions", "ManageRoles"), ("Role.Permissions", "ManageTenants"), ("Role.Permissions", Critical));
        Assert.Contains("You can't grant permissions that you don't have", refused.TextOf("[data-valmsg-for='Role.Permissions']"), StringComparison.Ordinal);
        Assert.StartsWith("/Error/403", (await keeper.GetAsync("/Admin/Tenants")).Location, StringComparison.Ordinal);

        var anonymous = await PostAsync(keeper, "/Admin/Roles/Edit/Anonymous", ("Role.Permissions", Critical));
        Assert.Contains("You can't grant permissions that you don't have", anonymous.TextOf("[data-valmsg-for='Role.Permissions']"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.GetAsync("/Admin/Roles/Delete/manager")).Status);

        // They can change the permissions that they have themselves. The others stay as they were.
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(keeper, "/Admin/Roles/Edit/manager", ("Role.Permissions", "AccessAdminPanel"))).Status);
        Assert.True((await admin.GetAsync("/Admin/Roles/Edit/manager")).Document.QuerySelector($"#permission-{Critical}")!.HasAttribute("checked"));
    }

    [Theory]
    [InlineData("Anonymous")]
    [InlineData("Authenticated")]
    public async Task Security_critical_permissions_cannot_be_granted_to_everyone(string role)
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await PostAsync(admin, $"/Admin/Roles/Edit/{role}", ("Role.Permissions", "ManageUsers"));

        Assert.Contains("can't have security-critical permissions", page.TextOf("[data-valmsg-for='Role.Permissions']"), StringComparison.Ordinal);
        Assert.True((await admin.GetAsync($"/Admin/Roles/Edit/{role}")).Document.QuerySelector("#permission-ManageUsers")!.HasAttribute("disabled"));
        using var guest = await running.SignInAsync("guest");
        Assert.StartsWith("/Error/403", (await guest.GetAsync("/Admin/Users/Index")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Admin\u200bistrator")]
    [InlineData("Ａdministrator")]
    [InlineData("Admınistrator")]
    [InlineData("Аdministrator")]
    [InlineData("vieẇer\u200e")]
    [InlineData("ｖiewer")]
    public async Task A_role_name_that_looks_like_another_is_rejected(string name)
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await (await admin.GetAsync("/Admin/Roles/Create")).SubmitAsync(new() { ["Role.RoleName"] = name });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Matches("invisible or only look like others|looks too much like the role", page.TextOf("[data-valmsg-for='Role.RoleName']")!);
    }

    [Theory]
    [InlineData("ad\u200bmin")]
    [InlineData("ａdmin")]
    [InlineData("admın")]
    [InlineData("аdmin")]
    public async Task A_user_name_that_looks_like_another_is_rejected(string name)
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await (await admin.GetAsync("/Admin/Users/Create")).SubmitAsync(User(name, "nobody", $"{Guid.NewGuid():N}@example.com"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotEqual("", page.TextOf("[data-valmsg-for='User.UserName']"));
    }

    private static Dictionary<string, string?> User(string name, string role, string? email = null) => new()
    {
        ["User.UserName"] = name,
        ["User.Email"] = email ?? $"{name}@example.com",
        ["User.Password"] = "Password-9",
        ["User.PasswordConfirmation"] = "Password-9",
        ["User.Roles"] = role,
    };

    private static async Task<WebPage> PostAsync(WebBrowser browser, string url, params (string Name, string Value)[] fields)
        => await browser.PostAsync(url, [new("__RequestVerificationToken", (await browser.GetAsync(url)).Fields()["__RequestVerificationToken"]), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
}
