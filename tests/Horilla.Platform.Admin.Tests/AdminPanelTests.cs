using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Sign-in, error pages and static files of a running host.</summary>
public sealed class AdminPanelTests(RunningHost running) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("/Admin")]
    [InlineData("/")]
    public async Task Who_is_not_signed_in_is_asked_to(string url)
    {
        using var browser = running.Visitor();
        var page = await browser.OpenAsync(url);

        Assert.Equal("Log in", page.Title);
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_with_a_page()
    {
        using var browser = running.Visitor();
        var answer = await browser.PostAsync("/Login", new Dictionary<string, string> { ["LoginForm.UserName"] = "a\0b" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("You are not signed in any more", answer.One("h1"));
    }

    [Fact]
    public async Task A_wrong_password_tells_nothing_about_the_user()
    {
        using var browser = running.Visitor();
        var login = await browser.GetAsync("/Login");
        var known = await login.SubmitAsync(new() { ["LoginForm.UserName"] = "admin", ["LoginForm.Password"] = "wrong" });
        var unknown = await login.SubmitAsync(new() { ["LoginForm.UserName"] = "nobody-at-all", ["LoginForm.Password"] = "wrong" });

        Assert.StartsWith("The user name or password is wrong", known.One(".validation-summary-errors"), StringComparison.Ordinal);
        Assert.Equal(known.One(".validation-summary-errors"), unknown.One(".validation-summary-errors"));
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_the_user_out()
    {
        using var browser = running.Visitor();
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
        Assert.Equal(unknown.One(".validation-summary-errors"), right.One(".validation-summary-errors"));
        Assert.Equal(unknown.One(".validation-summary-errors"), fifth.One(".validation-summary-errors"));
    }

    [Fact]
    public async Task Wrong_passwords_at_the_same_moment_are_counted_one_by_one()
    {
        using var browser = running.Visitor();
        var login = await browser.GetAsync("/Login");

        Task<WebPage> TryAsync(string password) => login.SubmitAsync(new() { ["LoginForm.UserName"] = "tester", ["LoginForm.Password"] = password });

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => TryAsync($"wrong-{number}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await TryAsync("Password-1")).Status);
    }

    [Fact]
    public async Task A_foreign_return_address_is_not_followed()
    {
        using var browser = running.Visitor();
        var login = await browser.GetAsync("/Login?ReturnUrl=https%3A%2F%2Fevil.example%2F");
        var answer = await login.SubmitAsync(new() { ["LoginForm.UserName"] = "admin", ["LoginForm.Password"] = HostProcess.Password });

        Assert.Equal("/", answer.Location);
    }

    [Fact]
    public async Task Logging_off_ends_the_session()
    {
        using var browser = await running.AdminAsync();
        var page = await browser.GetAsync("/Admin");
        await page.SubmitAsync(form: "form[action='/Users/LogOff']");

        Assert.Equal("/Login?ReturnUrl=%2FAdmin", (await browser.GetAsync("/Admin")).Location);
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound, "There is nothing here")]
    [InlineData("/Error/403", HttpStatusCode.Forbidden, "You may not do this")]
    [InlineData("/Error/500", HttpStatusCode.InternalServerError, "Something went wrong")]
    [InlineData("/Error/200", HttpStatusCode.NotFound, "There is nothing here")]
    [InlineData("/Users/LogOff", HttpStatusCode.MethodNotAllowed, "This cannot be opened like a page")]
    public async Task An_error_has_a_page_of_its_status(string url, HttpStatusCode status, string title)
    {
        using var browser = await running.AdminAsync();
        var page = await browser.GetAsync(url);

        Assert.Equal(status, page.Status);
        Assert.Equal(title, page.Title);
    }

    [Theory]
    [InlineData("/Identity/lib/bootstrap/dist/css/bootstrap.min.css")]
    [InlineData("/Horilla.Platform.Admin/theadmin.css")]
    [InlineData("/Horilla.Modules.OutgoingMail/outgoing-mail.js")]
    public async Task Static_files_are_served(string url)
    {
        using var browser = running.Visitor();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(url)).Status);
    }

    [Theory]
    [InlineData("/Horilla.Modules.OutgoingMail/../appsettings.json")]
    [InlineData("/Horilla.Modules.OutgoingMail/%2e%2e/appsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/App_Data/tenants.json")]
    public async Task Other_files_are_not(string url)
    {
        using var browser = running.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(url)).Status);
    }
}
