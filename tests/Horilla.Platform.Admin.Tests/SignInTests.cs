using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>How sessions end, and how password guessing is limited.</summary>
public sealed class SignInTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    [Fact]
    public async Task Signing_out_invalidates_copies_of_the_cookie_but_no_other_session()
    {
        using var browser = await running.SignInAsync("manager");
        using var other = await running.SignInAsync("manager");
        using var thief = browser.CloneWithCookies();
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/Admin/OutgoingMail")).Status);
        await (await browser.GetAsync("/Admin/OutgoingMail")).SubmitAsync(form: "form[action*='/Users/LogOff']");

        Assert.StartsWith("/Login", (await thief.GetAsync("/Admin/OutgoingMail")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/Login", (await browser.GetAsync("/Admin/OutgoingMail")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task A_session_ends_after_30_days_even_if_it_is_used()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", folder.CreateSubfolder("data"));
        using var browser = new WebBrowser(host.Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        for (var day = 0; day < 29; day += 7)
        {
            await browser.GetAsync($"/Horilla.TestHost/Clock/Set?days={day}");
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Admin/OutgoingMail")).Status);
        }

        await browser.GetAsync("/Horilla.TestHost/Clock/Set?days=31");
        Assert.StartsWith("/Login", (await browser.GetAsync("/Admin/OutgoingMail")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_neither_lock_out_nor_delay_a_browser_that_has_signed_in_before()
    {
        using var known = await running.SignInAsync("tester");
        await (await known.GetAsync("/Admin")).SubmitAsync(form: "form[action*='/Users/LogOff']");
        using var stranger = running.AnonymousBrowser();
        var login = await stranger.GetAsync("/Login");
        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(number => login.SubmitAsync(Attempt("tester", $"wrong-{number}"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));

        // The stranger is rejected even with the right password, but the known browser can sign in.
        Assert.Equal(HttpStatusCode.OK, (await login.SubmitAsync(Attempt("tester", "Password-1"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await (await known.GetAsync("/Login")).SubmitAsync(Attempt("tester", "Password-1"))).Status);
    }

    [Fact]
    public async Task A_known_browser_has_five_guesses_too_and_is_known_only_for_its_own_user()
    {
        using var browser = await running.SignInAsync("viewer");
        await (await browser.GetAsync("/Admin")).SubmitAsync(form: "form[action*='/Users/LogOff']");
        var login = await browser.GetAsync("/Login");

        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.OK, (await login.SubmitAsync(Attempt("viewer", "wrong"))).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await login.SubmitAsync(Attempt("viewer", "Password-1"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await login.SubmitAsync(Attempt("guest", "Password-1"))).Status);
    }

    [Fact]
    public async Task Guesses_from_one_address_do_not_lock_out_another()
    {
        using var stranger = running.AnonymousBrowser(IPAddress.Parse("127.0.0.2"));
        var login = await stranger.GetAsync("/Login");

        for (var number = 0; number < 50; number++)
        {
            await login.SubmitAsync(Attempt("guest", $"wrong-{number}"));
        }

        Assert.Equal(HttpStatusCode.OK, (await login.SubmitAsync(Attempt("guest", "Password-1"))).Status);
        using var other = running.AnonymousBrowser(IPAddress.Parse("127.0.0.3"));
        Assert.Equal(HttpStatusCode.Redirect, (await (await other.GetAsync("/Login")).SubmitAsync(Attempt("guest", "Password-1"))).Status);
    }

    [Fact]
    public async Task Guesses_by_user_name_and_by_email_address_count_together()
    {
        using var stranger = running.AnonymousBrowser(IPAddress.Parse("127.0.0.5"));
        var login = await stranger.GetAsync("/Login");

        for (var number = 0; number < 5; number++)
        {
            await login.SubmitAsync(Attempt(number % 2 == 0 ? "manager" : "manager@example.com", $"wrong-{number}"));
        }

        Assert.Equal(HttpStatusCode.OK, (await login.SubmitAsync(Attempt("manager", "Password-1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await login.SubmitAsync(Attempt("manager@example.com", "Password-1"))).Status);
    }

    [Fact]
    public async Task A_browser_is_known_for_each_of_its_users()
    {
        using var browser = running.AnonymousBrowser(IPAddress.Parse("127.0.0.4"));

        foreach (var user in (string[])["viewer", "tester"])
        {
            await browser.SignInAsync(user, "Password-1");
            await (await browser.GetAsync("/Admin")).SubmitAsync(form: "form[action*='/Users/LogOff']");
        }

        using var stranger = running.AnonymousBrowser(IPAddress.Parse("127.0.0.4"));
        var login = await stranger.GetAsync("/Login");

        for (var number = 0; number < 6; number++)
        {
            await login.SubmitAsync(Attempt("viewer", $"wrong-{number}"));
        }

        Assert.Equal(HttpStatusCode.OK, (await login.SubmitAsync(Attempt("viewer", "Password-1"))).Status);
        await browser.SignInAsync("viewer", "Password-1");
    }

    private static Dictionary<string, string?> Attempt(string user, string password) => new() { ["LoginForm.UserName"] = user, ["LoginForm.Password"] = password };
}
