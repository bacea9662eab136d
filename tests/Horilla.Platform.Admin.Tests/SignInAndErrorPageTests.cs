using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Sign-in, error pages and static files of a running host.</summary>
public sealed class SignInAndErrorPageTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    [Theory]
    [InlineData("/Admin")]
    [InlineData("/")]
    public async Task A_visitor_who_is_not_signed_in_gets_the_sign_in_page(string url)
    {
        using var browser = running.AnonymousBrowser();
        var page = await browser.OpenAsync(url);

        Assert.Equal("Sign in", page.Title);
    }

    [Fact]
    public async Task An_unreadable_form_is_rejected_with_an_error_page()
    {
        using var browser = running.AnonymousBrowser();
        var answer = await browser.PostAsync("/Login", new Dictionary<string, string> { ["LoginForm.UserName"] = "a\0b" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Session expired", answer.TextOf("h1"));
    }

    [Fact]
    public async Task A_wrong_password_does_not_reveal_whether_the_user_exists()
    {
        using var browser = running.AnonymousBrowser();
        var login = await browser.GetAsync("/Login");
        var known = await login.SubmitAsync(new() { ["LoginForm.UserName"] = "admin", ["LoginForm.Password"] = "wrong" });
        var unknown = await login.SubmitAsync(new() { ["LoginForm.UserName"] = "nobody-at-all", ["LoginForm.Password"] = "wrong" });

        Assert.StartsWith("The user name or password is wrong", known.TextOf(".validation-summary-errors"), StringComparison.Ordinal);
        Assert.Equal(known.TextOf(".validation-summary-errors"), unknown.TextOf(".validation-summary-errors"));
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_the_user_out()
    {
        using var browser = running.AnonymousBrowser();
        var login = await browser.GetAsync("/Login");

        Task<WebPage> TryAsync(string user, string password) => login.SubmitAsync(new() { ["LoginForm.UserName"] = user, ["LoginForm.Password"] = password });

        for (var attempt = 0; attempt < 4; attempt++)
        {
            await TryAsync("viewer", "wrong");
        }

        var fifth = await TryAsync("viewer", "wrong");
        var right = await TryAsync("viewer", "Password-1");
        var unknown = await TryAsync("nobody-at-all", "wrong");

        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal(unknown.TextOf(".validation-summary-errors"), right.TextOf(".validation-summary-errors"));
        Assert.Equal(unknown.TextOf(".validation-summary-errors"), fifth.TextOf(".validation-summary-errors"));
    }

    [Fact]
    public async Task Concurrent_wrong_passwords_are_all_counted()
    {
        using var browser = running.AnonymousBrowser();
        var login = await browser.GetAsync("/Login");

        Task<WebPage> TryAsync(string password) => login.SubmitAsync(new() { ["LoginForm.UserName"] = "tester", ["LoginForm.Password"] = password });

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => TryAsync($"wrong-{number}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await TryAsync("Password-1")).Status);
    }

    [Fact]
    public async Task An_external_return_URL_is_ignored()
    {
        using var browser = running.AnonymousBrowser();
        var login = await browser.GetAsync("/Login?ReturnUrl=https%3A%2F%2Fevil.example%2F");
        var answer = await login.SubmitAsync(new() { ["LoginForm.UserName"] = "admin", ["LoginForm.Password"] = HostProcess.Password });

        Assert.Equal("/", answer.Location);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var browser = await running.SignInAsAdminAsync();
        var page = await browser.GetAsync("/Admin");
        await page.SubmitAsync(form: "form[action='/Users/LogOff']");

        Assert.Equal("/Login?ReturnUrl=%2FAdmin", (await browser.GetAsync("/Admin")).Location);
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound, "Page not found")]
    [InlineData("/Error/403", HttpStatusCode.Forbidden, "Access denied")]
    [InlineData("/Error/500", HttpStatusCode.InternalServerError, "Something went wrong")]
    [InlineData("/Error/200", HttpStatusCode.NotFound, "Page not found")]
    [InlineData("/Users/LogOff", HttpStatusCode.MethodNotAllowed, "This page can't be opened directly")]
    public async Task Each_error_status_has_its_own_page(string url, HttpStatusCode status, string title)
    {
        using var browser = await running.SignInAsAdminAsync();
        var page = await browser.GetAsync(url);

        Assert.Equal(status, page.Status);
        Assert.Equal(title, page.Title);

        // Antiforgery replaces any weaker header, and logs a warning each time.
        Assert.Equal("no-store, no-cache", page.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("'Cache-Control' and 'Pragma' headers have been overridden", running.Host.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Identity/lib/bootstrap/dist/css/bootstrap.min.css")]
    [InlineData("/Horilla.Platform.Admin/theadmin.css")]
    [InlineData("/Horilla.Modules.OutgoingMail/outgoing-mail.js")]
    public async Task Static_files_are_served(string url)
    {
        using var browser = running.AnonymousBrowser();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(url)).Status);
    }

    [Theory]
    [InlineData("/Horilla.Modules.OutgoingMail/../appsettings.json")]
    [InlineData("/Horilla.Modules.OutgoingMail/%2e%2e/appsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/App_Data/tenants.json")]
    public async Task Other_files_are_not_served(string url)
    {
        using var browser = running.AnonymousBrowser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(url)).Status);
    }
}
