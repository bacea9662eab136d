using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Users change their own password.</summary>
public sealed class ChangePasswordTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    private const string Page = "/ChangePassword";

    [Fact]
    public async Task A_user_changes_the_password_and_other_sessions_end()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var user = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name);
        using var other = new WebBrowser(running.Address);
        await other.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + name);
        const string password = "Another-Password-8";
        var answer = await SubmitAsync(user, "/" + name, TenantPages.Password, password, password);

        Assert.Equal($"/{name}/Admin", answer.Location);
        var panel = await answer.FollowAsync();
        Assert.Equal(HttpStatusCode.OK, panel.Status);
        Assert.Contains("Your password was changed. Your other sessions were signed out.", panel.Messages);
        Assert.StartsWith($"/{name}/Login", (await other.GetAsync($"/{name}/Admin")).Location, StringComparison.Ordinal);
        using var again = new WebBrowser(running.Address);
        await again.SignInAsync(TenantPages.Administrator, password, "/" + name);
    }

    [Theory]
    [InlineData("wrong", "New-Password-9", "New-Password-9", "CurrentPassword", "This isn't your current password.")]
    [InlineData("", "New-Password-9", "New-Password-9", "CurrentPassword", "Enter your current password.")]
    [InlineData(HostProcess.Password, "", "", "Password", "Enter a new password.")]
    [InlineData(HostProcess.Password, "New-Password-9", "other", "PasswordConfirmation", "The passwords don't match.")]
    [InlineData(HostProcess.Password, "short", "short", "Password", "8 characters")]
    public async Task Errors_are_shown_at_their_fields_and_nothing_changes(string current, string password, string confirmation, string field, string error)
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await SubmitAsync(admin, "", current, password, confirmation);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(error, page.TextOf($"[data-valmsg-for='{field}']"), StringComparison.Ordinal);
        Assert.Equal("true", page.Document.QuerySelector($"[name='{field}']")?.GetAttribute("aria-invalid"));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin")).Status);
    }

    [Fact]
    public async Task The_current_password_cannot_be_guessed()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var user = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name);

        for (var attempt = 0; attempt < 10; attempt++)
        {
            await SubmitAsync(user, "/" + name, "guess-" + TenantPages.Password, "New-Password-9", "New-Password-9");
        }

        var page = await SubmitAsync(user, "/" + name, TenantPages.Password, "New-Password-9", "New-Password-9");
        Assert.Contains("too many attempts", page.TextOf("[data-valmsg-for=CurrentPassword]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_has_to_sign_in_first()
    {
        using var visitor = new WebBrowser(running.Address);

        Assert.StartsWith("/Login", (await visitor.GetAsync(Page)).Location, StringComparison.Ordinal);
    }

    private static async Task<WebPage> SubmitAsync(WebBrowser browser, string prefix, string current, string password, string confirmation)
        => await (await browser.GetAsync(prefix + Page)).SubmitAsync(new() { ["CurrentPassword"] = current, ["Password"] = password, ["PasswordConfirmation"] = confirmation });
}
