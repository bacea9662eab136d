using System.Net;
using System.Text;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Login Outlook, the callback, and Refresh token.</summary>
[Collection(SiteCollection.Name)]
public sealed class OutlookSignInTests(Site site)
{
    [Fact]
    public async Task A_sign_in_stores_the_tokens_and_says_who_is_signed_in()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateAsync(site, admin);
        Assert.Equal("Not signed in: press Login Outlook.", await OutlookServers.StatusAsync(admin, user.Mail));

        var address = await OutlookServers.BeginAsync(admin, user.Mail);
        var query = QueryHelpers.ParseQuery(address.Query);
        Assert.StartsWith(site.Cloud.AuthorizationEndpoint() + "?", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(MicrosoftStandIn.ClientId, query["client_id"]);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal(user.Mail, query["login_hint"]);
        Assert.Equal(["Mail.Send", "User.Read", "offline_access", "openid", "profile"], query["scope"].ToString().Split(' ').Order(StringComparer.Ordinal));

        var back = await OutlookServers.BackAsync(admin, await site.Cloud.Entra.SignInAsync(address.AbsoluteUri, user));
        Assert.Equal(Servers.List, back.Location);
        Assert.Contains($"{user.Mail} is signed in for the mail server {user.Mail}.", (await back.FollowAsync()).Messages);
        Assert.Matches($"^Signed in as {user.Mail}, token valid until [0-9: -]+$", await OutlookServers.StatusAsync(admin, user.Mail));
    }

    [Fact]
    public async Task Save_and_login_goes_on_to_Microsoft()
    {
        using var admin = await site.AdminAsync();
        var user = site.Cloud.AddUser($"direct-{Guid.NewGuid():N}@acme.example");
        var form = OutlookServers.Form(site, user.Mail);
        form["submit.Action"] = "follow-up";
        var page = await admin.GetAsync(OutlookServers.New);
        var saved = await page.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, saved.Status);
        var token = page.Fields()["__RequestVerificationToken"];
        var begun = await admin.PostAsync(saved.Location!, form.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)).Append(new("__RequestVerificationToken", token)));
        Assert.StartsWith(site.Cloud.AuthorizationEndpoint(), begun.RedirectsTo!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replayed_callback_is_refused()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateAsync(site, admin);
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OutlookServers.BackAsync(admin, callback)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);

        foreach (var refused in answers.Where(answer => answer.Status != HttpStatusCode.Redirect))
        {
            Refused(refused, "This sign-in is not known any more");
        }

        Assert.Contains("Signed in as", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=x")]
    [InlineData("?state=made-up&code=x")]
    [InlineData("?error=access_denied&error_description=%3Cb%3ECall%20us")]
    public async Task A_callback_that_nobody_began_is_refused(string query)
    {
        using var admin = await site.AdminAsync();
        var page = await admin.GetAsync("/OutgoingMail/Outlook/Callback" + query);

        Refused(page, "This sign-in is not known any more");
        Assert.DoesNotContain("Call us", page.Text, StringComparison.Ordinal);

        // Antiforgery would write its own over anything less, and warn each time.
        Assert.Equal("no-store, no-cache", page.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("'Cache-Control' and 'Pragma' headers have been overridden", site.Host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_in_another_browser_is_refused_and_leaves_the_sign_in_to_the_right_one()
    {
        using var admin = await site.AdminAsync();
        using var other = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateAsync(site, admin);
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);

        Refused(await OutlookServers.BackAsync(other, callback), "begun in another browser");
        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServers.BackAsync(admin, callback)).Status);
    }

    [Fact]
    public async Task Two_sign_ins_in_two_tabs_do_not_disturb_each_other()
    {
        using var admin = await site.AdminAsync();
        var (_, first) = await OutlookServers.CreateAsync(site, admin);
        var (_, second) = await OutlookServers.CreateAsync(site, admin);
        var addresses = new[] { await OutlookServers.BeginAsync(admin, first.Mail), await OutlookServers.BeginAsync(admin, second.Mail) };

        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServers.BackAsync(admin, await site.Cloud.Entra.SignInAsync(addresses[0].AbsoluteUri, first))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServers.BackAsync(admin, await site.Cloud.Entra.SignInAsync(addresses[1].AbsoluteUri, second))).Status);
    }

    [Fact]
    public async Task A_sign_in_does_not_wait_for_a_profile_that_does_not_come()
    {
        using var admin = await site.AdminAsync();
        var user = site.Cloud.AddUser($"u{Guid.NewGuid():N}@acme.onmicrosoft.com", $"slow-{Guid.NewGuid():N}@acme.example");
        await (await admin.GetAsync(OutlookServers.New)).SubmitAsync(OutlookServers.Form(site, user.Mail, ("TimeoutSeconds", "3")));
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);
        site.Cloud.Graph.FailNext(new PlannedFailure(500, "Slow", Delay: TimeSpan.FromSeconds(60)), "/me");

        Refused(await OutlookServers.BackAsync(admin, callback), "did not answer within 3 seconds");
    }

    [Fact]
    public async Task A_callback_of_another_user_is_refused()
    {
        using var admin = await site.AdminAsync();
        using var manager = await site.AsAsync("manager");
        var (_, user) = await OutlookServers.CreateAsync(site, admin);
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);

        Refused(await OutlookServers.BackAsync(manager, callback), "Another user began this sign-in");
        Assert.Contains("Not signed in", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_of_nobody_asks_for_a_sign_in_to_this_site()
    {
        using var visitor = site.Visitor();

        Assert.StartsWith("/Login?ReturnUrl=%2FOutgoingMail%2FOutlook%2FCallback", (await visitor.GetAsync("/OutgoingMail/Outlook/Callback?state=x&code=y")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("tester")]
    [InlineData("guest")]
    public async Task A_callback_takes_the_permission_to_manage(string role)
    {
        using var browser = await site.AsAsync(role);

        Assert.StartsWith("/Error/403", (await browser.GetAsync("/OutgoingMail/Outlook/Callback?state=x&code=y")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_after_ten_minutes_is_refused()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateAsync(site, admin);
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);
        await site.Documents.ChangeAsync("PendingSignIn", id, "ExpiresUtc", "2020-01-01T00:00:00Z");

        Refused(await OutlookServers.BackAsync(admin, callback), "it took longer than 10 minutes");
        Assert.Contains("Not signed in", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_for_a_deleted_server_is_refused()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateAsync(site, admin);
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);
        await (await admin.GetAsync(Servers.Delete(id))).SubmitAsync();

        Refused(await OutlookServers.BackAsync(admin, callback), "has been deleted");
    }

    [Fact]
    public async Task A_callback_for_a_server_that_was_changed_is_refused()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateAsync(site, admin);
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);
        var other = $"other-{user.Mail}";
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("Username")] = other });

        Refused(await OutlookServers.BackAsync(admin, callback), "was changed while you signed in");
        Assert.Contains("Not signed in", await OutlookServers.StatusAsync(admin, other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_was_cancelled_is_told_with_what_to_do()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateAsync(site, admin);
        var nobody = new StandInUser("", "");
        var callback = await site.Cloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, nobody);
        var page = await OutlookServers.BackAsync(admin, callback);

        Refused(page, "Somebody has to consent");
        Assert.Equal("access_denied AADSTS65004", page.One("#om-result code"));
    }

    [Fact]
    public async Task Another_account_is_refused_with_both_names_unless_it_is_confirmed()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateAsync(site, admin);
        var bob = site.Cloud.AddUser($"bob-{Guid.NewGuid():N}@acme.example");
        bob.SendAs.Add(user.Mail);
        var refused = await OutlookServers.SignInAsync(site, admin, user.Mail, bob);

        Refused(refused, $"{bob.Mail} signed in, but this mail server sends as {user.Mail}.");
        Assert.Contains("Not signed in", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);

        // Whatever the form is made to say, the account has to be the one that was confirmed.
        var begun = await refused.SubmitAsync(new() { ["account"] = bob.Mail, ["mailbox"] = "Shared" }, "main form:has([value=Shared])");
        var query = QueryHelpers.ParseQuery(begun.RedirectsTo!.Query);
        Assert.Equal(bob.Mail, query["login_hint"]);
        Assert.Contains("Mail.Send.Shared", query["scope"].ToString(), StringComparison.Ordinal);
        var eve = site.Cloud.AddUser($"eve-{Guid.NewGuid():N}@acme.example");
        Refused(await OutlookServers.BackAsync(admin, await site.Cloud.Entra.SignInAsync(begun.RedirectsTo.AbsoluteUri, eve)), $"{eve.Mail} signed in");

        var again = await refused.SubmitAsync(form: "main form:has([value=Shared])");
        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServers.BackAsync(admin, await site.Cloud.Entra.SignInAsync(again.RedirectsTo!.AbsoluteUri, bob))).Status);
        Assert.Contains($"Signed in as {bob.Mail}", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
        Assert.Contains("Sent", (await Servers.SendTestAsync(admin, id)).One("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_the_mailbox_is_as_good_as_the_name_to_sign_in_with()
    {
        using var admin = await site.AdminAsync();
        var user = site.Cloud.AddUser($"u{Guid.NewGuid():N}@acme.onmicrosoft.com", $"mail-{Guid.NewGuid():N}@acme.example");
        await (await admin.GetAsync(OutlookServers.New)).SubmitAsync(OutlookServers.Form(site, user.Mail));

        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServers.SignInAsync(site, admin, user.Mail, user)).Status);
        Assert.Contains($"Signed in as {user.UserPrincipalName}", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_at_the_callback()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateAsync(site, admin, ("ClientSecret", "wrong"));
        var page = await OutlookServers.SignInAsync(site, admin, user.Mail, user);

        Refused(page, "Microsoft refused the client secret.");
        Assert.Contains("Enter the value of the client secret, not its ID", page.One("#om-result .alert"), StringComparison.Ordinal);
        Assert.Contains("AADSTS7000215", page.One("#om-result code"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("#om-result a[href$='#OutgoingMailConfiguration_ClientSecret']"));
    }

    [Theory]
    [InlineData("invalid_grant", 700082, "has lapsed", "Press Login Outlook", true)]
    [InlineData("invalid_grant", 50173, "has lapsed", "Press Login Outlook", true)]
    [InlineData("invalid_grant", 65001, "consent", "grants consent under API permissions", true)]
    [InlineData("interaction_required", 50076, "second factor", "Press Login Outlook", true)]
    [InlineData("invalid_grant", 53003, "conditional access", "exempts this application", true)]
    [InlineData("invalid_grant", 50105, "is not assigned", "assigns the user", true)]
    [InlineData("invalid_grant", 70000, "wants a new sign-in", "Press Login Outlook", true)]
    [InlineData("invalid_client", 7000215, "refused the client secret", "not its ID", false)]
    [InlineData("invalid_client", 7000222, "client secret has expired", "Create a new one", false)]
    [InlineData("unauthorized_client", 700016, "knows no application", "Check Client ID", false)]
    [InlineData("temporarily_unavailable", 90033, "cannot answer now", "Try again", false)]
    public async Task A_refresh_that_fails_says_why_and_what_to_do(string error, int code, string message, string advice, bool needsSignIn)
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        site.Cloud.Entra.FailNext(error, code, error == "invalid_client" ? 401 : 400);
        var list = await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        var said = Assert.Single(list.Messages);
        Assert.StartsWith($"The token of {user.Mail} was not refreshed:", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Contains(advice, said, StringComparison.Ordinal);

        var status = await OutlookServers.StatusAsync(admin, user.Mail);
        Assert.StartsWith(needsSignIn ? "Needs a new sign-in:" : $"Signed in as {user.Mail}, but the last refresh failed:", status, StringComparison.Ordinal);
        Assert.Contains(message, status, StringComparison.Ordinal);

        // A mail says the same, without asking Microsoft anew, where nothing but a sign-in helps; else it goes.
        var result = await Servers.SendTestAsync(admin, id);
        Assert.Contains(needsSignIn ? message : "Sent", result.One("#om-result h2"), StringComparison.Ordinal);

        // Whoever has mended it elsewhere has it tried again.
        Assert.Contains("was refreshed", Assert.Single((await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
        Assert.StartsWith($"Signed in as {user.Mail}, token valid until", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_says_until_when_the_token_lasts()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        var list = await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        Assert.Matches($"^The token of {user.Mail} was refreshed. It lasts until \\d{{4}}-\\d\\d-\\d\\d \\d\\d:\\d\\d", Assert.Single(list.Messages));
    }

    [Fact]
    public async Task A_refresh_without_a_sign_in_says_what_to_do()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateAsync(site, admin);
        var list = await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        Assert.Contains("Nobody is signed in to Microsoft", Assert.Single(list.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_service_that_does_not_answer_is_told_in_time()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "3"));
        site.Cloud.Entra.FailNext(new PlannedFailure(500, "server_error", Delay: TimeSpan.FromSeconds(20)));
        var list = await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        Assert.Contains("did not answer within 3 seconds", Assert.Single(list.Messages), StringComparison.Ordinal);
        Assert.Contains("but the last refresh failed: Microsoft's sign-in did not answer", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
        Assert.Contains("was refreshed", Assert.Single((await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refreshes_at_the_same_moment_lose_no_token()
    {
        // The stand-in takes each refresh token once: two refreshes with the same one would end the sign-in.
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        var list = await OutlookServers.RowAsync(admin, user.Mail);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => list.SubmitAsync(form: "main form[action*='/RefreshToken/']")));
        await site.Documents.ChangeAsync("OutlookSignIn", id, "ExpiresUtc", "2020-01-01T00:00:00Z");
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Servers.SendTestAsync(admin, id)));

        Assert.All(sent, result => Assert.Contains("Sent", result.One("#om-result h2"), StringComparison.Ordinal));
        Assert.Contains("was refreshed", Assert.Single((await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_background_task_refreshes_what_is_due_and_marks_what_fails()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var (failing, first) = await OutlookServers.CreateSignedInAsync(site, admin);
        var (due, second) = await OutlookServers.CreateSignedInAsync(site, admin);
        var (_, third) = await OutlookServers.CreateSignedInAsync(site, admin);

        foreach (var id in new[] { failing, due })
        {
            await site.Documents.ChangeAsync("OutlookSignIn", id, "RefreshedUtc", "2020-01-01T00:00:00Z");
            await site.Documents.ChangeAsync("OutlookSignIn", id, "ExpiresUtc", "2020-01-01T01:00:00Z");
        }

        var grants = site.Cloud.Entra.Grants.Count;
        site.Cloud.Entra.FailNext("invalid_grant", 700082);
        Assert.Equal("done", (await admin.GetAsync("/Horilla.TestHost/Tasks/Index?name=OutlookTokenRefresh")).Text);

        Assert.Equal(grants + 1, site.Cloud.Entra.Grants.Count);
        var statuses = new[] { await OutlookServers.StatusAsync(admin, first.Mail), await OutlookServers.StatusAsync(admin, second.Mail) };
        Assert.Single(statuses, status => status.StartsWith("Needs a new sign-in: The sign-in of", StringComparison.Ordinal));
        Assert.Single(statuses, status => status.StartsWith("Signed in as", StringComparison.Ordinal) && !status.Contains("2020-01", StringComparison.Ordinal));
        Assert.StartsWith("Signed in as", await OutlookServers.StatusAsync(admin, third.Mail), StringComparison.Ordinal);

        // What needs a sign-in is not asked for again and again.
        await admin.GetAsync("/Horilla.TestHost/Tasks/Index?name=OutlookTokenRefresh");
        Assert.Equal(grants + 1, site.Cloud.Entra.Grants.Count);
    }

    [Fact]
    public async Task An_untrusted_certificate_gets_no_secret()
    {
        using var admin = await site.AdminAsync();
        var user = site.UntrustedCloud.AddUser($"untrusted-{Guid.NewGuid():N}@acme.example");
        await (await admin.GetAsync(OutlookServers.New)).SubmitAsync(OutlookServers.Form(
            site,
            user.Mail,
            ("AuthorizationEndpoint", site.UntrustedCloud.AuthorizationEndpoint()),
            ("TokenEndpoint", site.UntrustedCloud.TokenEndpoint()),
            ("GraphEndpoint", site.UntrustedCloud.GraphEndpoint)));
        var callback = await site.UntrustedCloud.Entra.SignInAsync((await OutlookServers.BeginAsync(admin, user.Mail)).AbsoluteUri, user);

        Refused(await OutlookServers.BackAsync(admin, callback), "is not trusted, or no TLS could be agreed on");
        Assert.Empty(site.UntrustedCloud.Entra.Grants);
    }

    [Fact]
    public async Task A_deleted_server_forgets_its_tokens()
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin);
        Assert.Equal(1, await site.Documents.CountAsync("OutlookSignIn", id));
        await (await admin.GetAsync(Servers.Delete(id))).SubmitAsync();

        Assert.Equal(0, await site.Documents.CountAsync("OutlookSignIn", id));
    }

    [Fact]
    public async Task Tokens_and_secret_are_never_in_clear_in_a_page_the_database_or_the_log()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        await Servers.SendTestAsync(admin, id);
        await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken");
        site.Cloud.Entra.FailNext("invalid_client", 7000215, 401);
        await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken");
        await site.Host.LogsAsync($"({id})");
        var texts = new List<string> { site.Host.Log };

        foreach (var url in new[] { Servers.List, Servers.Edit(id), Servers.Test(id), Servers.Diagnosis(id), Servers.Delete(id) })
        {
            texts.Add((await admin.GetAsync(url)).Text);
        }

        foreach (var file in Directory.GetFiles(site.Host.Data, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            texts.Add(await reader.ReadToEndAsync());
        }

        Assert.StartsWith("CfDJ8", await site.Documents.ReadAsync("OutlookSignIn", id, "ProtectedTokens"), StringComparison.Ordinal);

        foreach (var secret in site.Cloud.Entra.Secrets.Append(MicrosoftStandIn.ClientSecret))
        {
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("LoginOutlook")]
    [InlineData("RefreshToken")]
    public async Task The_buttons_take_a_POST_a_token_and_the_permission_to_manage(string action)
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        var grants = site.Cloud.Entra.Grants.Count;
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await admin.GetAsync($"/Admin/OutgoingMail/{action}/{id}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync($"/Admin/OutgoingMail/{action}/{id}", [])).Status);
        var other = await Servers.CreateAsync(admin);
        var token = (await OutlookServers.RowAsync(admin, user.Mail)).Fields("main form[method=post]")["__RequestVerificationToken"];
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"/Admin/OutgoingMail/{action}/{other}", [new("__RequestVerificationToken", token)])).Status);

        foreach (var role in new[] { "viewer", "tester" })
        {
            using var browser = await site.AsAsync(role);
            var own = (await browser.GetAsync("/Horilla.TestHost/Token/Index")).Text;
            Assert.StartsWith("/Error/403", (await browser.PostAsync($"/Admin/OutgoingMail/{action}/{id}", [new("__RequestVerificationToken", own)])).Location, StringComparison.Ordinal);
            Assert.Null((await browser.GetAsync(Servers.List)).Document.QuerySelector($"form[action*='{action}']"));
        }

        Assert.Equal(grants, site.Cloud.Entra.Grants.Count);
    }

    private static void Refused(WebPage page, string message)
    {
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Not signed in", page.Title);
        Assert.Contains(message, page.One("#om-result h2"), StringComparison.Ordinal);
    }
}
