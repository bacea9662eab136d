using System.Net;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Roles and their permissions in the admin panel.</summary>
public sealed class RolesTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    private const string List = "/Admin/Roles/Index";

    [Fact]
    public async Task Permission_changes_take_effect_on_the_next_request()
    {
        using var admin = await running.SignInAsAdminAsync();
        using var nobody = await running.SignInAsync("nobody");
        Assert.StartsWith("/Error/403", (await nobody.GetAsync("/Admin/OutgoingMail")).Location, StringComparison.Ordinal);

        var form = await admin.GetAsync("/Admin/Roles/Edit/nobody");
        Assert.Contains("Outgoing Mail", form.TextsOf("legend"));
        Assert.Contains("Also granted by: Manage outgoing mail servers", form.TextsOf("fieldset .small"));
        Assert.True(form.Document.QuerySelector("#permission-AccessAdminPanel")!.HasAttribute("checked"));
        Assert.False(form.Document.QuerySelector("#permission-ViewOutgoingMailServers")!.HasAttribute("checked"));

        // The form has several checkboxes with the same name.
        var token = form.Fields()["__RequestVerificationToken"];
        var saved = await admin.PostAsync("/Admin/Roles/Edit/nobody", [new("__RequestVerificationToken", token), new("Role.Permissions", "AccessAdminPanel"), new("Role.Permissions", "ViewOutgoingMailServers"), new("Role.Permissions", "NoSuchPermission")]);
        Assert.Contains("The role nobody was saved.", (await saved.FollowAsync()).Messages);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/Admin/OutgoingMail")).Status);

        await admin.PostAsync("/Admin/Roles/Edit/nobody", [new("__RequestVerificationToken", token), new("Role.Permissions", "AccessAdminPanel")]);
        Assert.StartsWith("/Error/403", (await nobody.GetAsync("/Admin/OutgoingMail")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/b")]
    [InlineData("  no \t body ")]
    public async Task A_name_that_is_not_URL_safe_or_looks_like_another_is_rejected(string name)
    {
        using var admin = await running.SignInAsAdminAsync();
        await (await admin.GetAsync("/Admin/Roles/Create")).SubmitAsync(new() { ["Role.RoleName"] = "no body" });
        var page = await (await admin.GetAsync("/Admin/Roles/Create")).SubmitAsync(new() { ["Role.RoleName"] = name });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotEqual("", page.TextOf("[data-valmsg-for='Role.RoleName']"));
    }

    [Fact]
    public async Task A_user_without_permission_can_sign_in_as_someone_else()
    {
        using var guest = await running.SignInAsync("guest");
        var refused = await (await guest.GetAsync("/Admin/OutgoingMail")).FollowAsync();
        var away = await refused.SubmitAsync(form: "main form");

        Assert.Equal("/Admin/OutgoingMail", away.Location);
        Assert.StartsWith("/Login?ReturnUrl=", (await guest.GetAsync("/Admin/OutgoingMail")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_can_be_created_assigned_and_deleted()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = $"Role {Guid.NewGuid():N}";
        var created = await (await (await admin.GetAsync("/Admin/Roles/Create")).SubmitAsync(new() { ["Role.RoleName"] = name, ["Role.RoleDescription"] = "For a <b>test</b>", ["Role.Permissions"] = "SendTestMail" })).FollowAsync();
        Assert.Contains($"The role {name} was created.", created.Messages);
        Assert.Contains("For a <b>test</b>", created.TextOf("main"), StringComparison.Ordinal);
        Assert.True((await admin.GetAsync($"/Admin/Roles/Edit/{Uri.EscapeDataString(name)}")).Document.QuerySelector("#permission-SendTestMail")!.HasAttribute("checked"));
        Assert.Contains(name, (await admin.GetAsync("/Admin/Users/Create")).TextsOf("fieldset label"));

        var deleted = await (await (await admin.GetAsync($"/Admin/Roles/Delete/{Uri.EscapeDataString(name)}")).SubmitAsync()).FollowAsync();
        Assert.Contains($"The role {name} was deleted.", deleted.Messages);
        Assert.DoesNotContain(name, (await admin.GetAsync(List)).TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Enter a name")]
    [InlineData("a/b", "Enter a name")]
    [InlineData("Viewer", "A role with this name already exists")]
    public async Task An_invalid_name_is_reported_at_its_field(string name, string message)
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await (await admin.GetAsync("/Admin/Roles/Create")).SubmitAsync(new() { ["Role.RoleName"] = name, ["Role.RoleDescription"] = "Typed" });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf("[data-valmsg-for='Role.RoleName']"), StringComparison.Ordinal);
        Assert.Equal("Typed", page.Fields()["Role.RoleDescription"]);
    }

    [Theory]
    [InlineData("/Admin/Roles/Edit/Administrator")]
    [InlineData("/Admin/Roles/Delete/Administrator")]
    [InlineData("/Admin/Roles/Delete/Anonymous")]
    [InlineData("/Admin/Roles/Edit/no-such-role")]
    public async Task System_roles_cannot_be_changed(string url)
    {
        using var admin = await running.SignInAsAdminAsync();
        var token = (await admin.GetAsync("/Admin/Roles/Create")).Fields()["__RequestVerificationToken"];

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(url)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(url, [new("__RequestVerificationToken", token)])).Status);
    }

    [Fact]
    public async Task Roles_require_a_permission()
    {
        using var viewer = await running.SignInAsync("personnel");
        var token = (await viewer.GetAsync("/Horilla.TestHost/Token/Index")).Text;

        foreach (var url in new[] { List, "/Admin/Roles/Create", "/Admin/Roles/Edit/viewer", "/Admin/Roles/Delete/viewer" })
        {
            Assert.StartsWith("/Error/403", (await viewer.GetAsync(url)).Location, StringComparison.Ordinal);

            if (url != List)
            {
                Assert.StartsWith("/Error/403", (await viewer.PostAsync(url, [new("__RequestVerificationToken", token), new("Role.Permissions", "ManageUsers")])).Location, StringComparison.Ordinal);
            }
        }
    }
}
