using System.Net;
using System.Text;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Login Outlook, the callback, and Refresh token.</summary>
[Collection(SiteCollection.Name)]
public sealed class OutlookSignInTests(SiteFixture site)
{
    [Fact]
    public async Task A_sign_in_stores_the_tokens_and_shows_who_is_signed_in()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateAsync(site, admin);
        Assert.Equal("Sign-in required: No Microsoft account is signed in yet. Sign in to Microsoft", await OutlookServerPages.StatusAsync(admin, user.Mail));

        var address = await OutlookServerPages.StartSignInAsync(admin, user.Mail);
        var query = QueryHelpers.ParseQuery(address.Query);
        Assert.StartsWith(site.FakeMicrosoft.AuthorizationEndpoint() + "?", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(FakeMicrosoftCloud.ClientId, query["client_id"]);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal(user.Mail, query["login_hint"]);
        Assert.Equal(["Mail.Send", "User.Read", "offline_access", "openid", "profile"], query["scope"].ToString().Split(' ').Order(StringComparer.Ordinal));

        var back = await OutlookServerPages.FollowCallbackAsync(admin, await site.FakeMicrosoft.Entra.SignInAsync(address.AbsoluteUri, user));
        Assert.Equal(MailServerPages.List, back.Location);
        Assert.Contains($"{user.Mail} is signed in for the mail server {user.Mail}.", (await back.FollowAsync()).Messages);
        Assert.Matches($"^Signed in as {user.Mail}, token valid until [0-9: -]+$", await OutlookServerPages.StatusAsync(admin, user.Mail));
    }

    [Fact]
    public async Task Save_and_login_redirects_to_Microsoft()
    {
        using var admin = await site.SignInAsAdminAsync();
        var user = site.FakeMicrosoft.AddUser($"direct-{Guid.NewGuid():N}@acme.example");
        var form = OutlookServerPages.Form(site, user.Mail);
        form["submit.Action"] = "follow-up";
        var page = await admin.GetAsync(OutlookServerPages.New);
        var saved = await page.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, saved.Status);
        var token = page.Fields()["__RequestVerificationToken"];
        var begun = await admin.PostAsync(saved.Location!, form.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)).Append(new("__RequestVerificationToken", token)));
        Assert.StartsWith(site.FakeMicrosoft.AuthorizationEndpoint(), begun.RedirectsTo!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replayed_callback_is_rejected()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateAsync(site, admin);
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OutlookServerPages.FollowCallbackAsync(admin, callback)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);

        foreach (var refused in answers.Where(answer => answer.Status != HttpStatusCode.Redirect))
        {
            AssertRejected(refused, "This sign-in is no longer valid");
        }

        Assert.Contains("Signed in as", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=x")]
    [InlineData("?state=made-up&code=x")]
    [InlineData("?error=access_denied&error_description=%3Cb%3ECall%20us")]
    public async Task A_callback_without_a_pending_sign_in_is_rejected(string query)
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync("/OutgoingMail/Outlook/Callback" + query);

        AssertRejected(page, "This sign-in is no longer valid");
        Assert.DoesNotContain("Call us", page.Text, StringComparison.Ordinal);

        // Antiforgery would overwrite any weaker header and log a warning each time.
        Assert.Equal("no-store, no-cache", page.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("'Cache-Control' and 'Pragma' headers have been overridden", site.Host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_in_another_browser_is_rejected_and_the_sign_in_can_still_be_completed()
    {
        using var admin = await site.SignInAsAdminAsync();
        using var other = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateAsync(site, admin);
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);

        AssertRejected(await OutlookServerPages.FollowCallbackAsync(other, callback), "started in another browser");
        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServerPages.FollowCallbackAsync(admin, callback)).Status);
    }

    [Fact]
    public async Task Two_sign_ins_in_two_tabs_do_not_interfere_with_each_other()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, first) = await OutlookServerPages.CreateAsync(site, admin);
        var (_, second) = await OutlookServerPages.CreateAsync(site, admin);
        var addresses = new[] { await OutlookServerPages.StartSignInAsync(admin, first.Mail), await OutlookServerPages.StartSignInAsync(admin, second.Mail) };

        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServerPages.FollowCallbackAsync(admin, await site.FakeMicrosoft.Entra.SignInAsync(addresses[0].AbsoluteUri, first))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServerPages.FollowCallbackAsync(admin, await site.FakeMicrosoft.Entra.SignInAsync(addresses[1].AbsoluteUri, second))).Status);
    }

    [Fact]
    public async Task A_sign_in_times_out_if_the_profile_does_not_arrive()
    {
        using var admin = await site.SignInAsAdminAsync();
        var user = site.FakeMicrosoft.AddUser($"u{Guid.NewGuid():N}@acme.onmicrosoft.com", $"slow-{Guid.NewGuid():N}@acme.example");
        await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(OutlookServerPages.Form(site, user.Mail, ("TimeoutSeconds", "3")));
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(500, "Slow", Delay: TimeSpan.FromSeconds(60)), "/me");

        AssertRejected(await OutlookServerPages.FollowCallbackAsync(admin, callback), "didn't respond within 3 seconds");
    }

    [Fact]
    public async Task A_callback_of_another_user_is_rejected()
    {
        using var admin = await site.SignInAsAdminAsync();
        using var manager = await site.SignInAsync("manager");
        var (_, user) = await OutlookServerPages.CreateAsync(site, admin);
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);

        AssertRejected(await OutlookServerPages.FollowCallbackAsync(manager, callback), "Another user started this sign-in");
        Assert.Contains("No Microsoft account is signed in yet", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_without_a_signed_in_user_asks_for_a_sign_in_to_this_site()
    {
        using var visitor = site.Visitor();

        Assert.StartsWith("/Login?ReturnUrl=%2FOutgoingMail%2FOutlook%2FCallback", (await visitor.GetAsync("/OutgoingMail/Outlook/Callback?state=x&code=y")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("tester")]
    [InlineData("guest")]
    public async Task A_callback_requires_the_permission_to_manage(string role)
    {
        using var browser = await site.SignInAsync(role);

        Assert.StartsWith("/Error/403", (await browser.GetAsync("/OutgoingMail/Outlook/Callback?state=x&code=y")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_after_ten_minutes_is_rejected()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateAsync(site, admin);
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);
        await site.Documents.ChangeAsync("PendingSignIn", id, "ExpiresUtc", "2020-01-01T00:00:00Z");

        AssertRejected(await OutlookServerPages.FollowCallbackAsync(admin, callback), "it took longer than 10 minutes");
        Assert.Contains("No Microsoft account is signed in yet", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_for_a_deleted_server_is_rejected()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateAsync(site, admin);
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);
        await (await admin.GetAsync(MailServerPages.Delete(id))).SubmitAsync();

        AssertRejected(await OutlookServerPages.FollowCallbackAsync(admin, callback), "has been deleted");
    }

    [Fact]
    public async Task A_callback_for_a_changed_server_is_rejected()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateAsync(site, admin);
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);
        var other = $"other-{user.Mail}";
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Username")] = other });

        AssertRejected(await OutlookServerPages.FollowCallbackAsync(admin, callback), "was changed while you were signing in");
        Assert.Contains("No Microsoft account is signed in yet", await OutlookServerPages.StatusAsync(admin, other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_sign_in_is_explained_with_a_next_step()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateAsync(site, admin);
        var nobody = new FakeUser("", "");
        var callback = await site.FakeMicrosoft.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, nobody);
        var page = await OutlookServerPages.FollowCallbackAsync(admin, callback);

        AssertRejected(page, "Consent to the application's permissions is missing");
        Assert.Equal("access_denied AADSTS65004", page.TextOf("#om-result code"));
    }

    [Fact]
    public async Task Another_account_is_rejected_with_both_names_unless_it_is_confirmed()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateAsync(site, admin);
        var bob = site.FakeMicrosoft.AddUser($"bob-{Guid.NewGuid():N}@acme.example");
        bob.SendAs.Add(user.Mail);
        var refused = await OutlookServerPages.SignInAsync(site, admin, user.Mail, bob);

        AssertRejected(refused, $"{bob.Mail} signed in, but this mail server sends as {user.Mail}.");
        Assert.Contains("No Microsoft account is signed in yet", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);

        // Even if the form is manipulated, the account has to be the one that was confirmed.
        var begun = await refused.SubmitAsync(new() { ["account"] = bob.Mail, ["mailbox"] = "Shared" }, "main form:has([value=Shared])");
        var query = QueryHelpers.ParseQuery(begun.RedirectsTo!.Query);
        Assert.Equal(bob.Mail, query["login_hint"]);
        Assert.Contains("Mail.Send.Shared", query["scope"].ToString(), StringComparison.Ordinal);
        var eve = site.FakeMicrosoft.AddUser($"eve-{Guid.NewGuid():N}@acme.example");
        AssertRejected(await OutlookServerPages.FollowCallbackAsync(admin, await site.FakeMicrosoft.Entra.SignInAsync(begun.RedirectsTo.AbsoluteUri, eve)), $"{eve.Mail} signed in");

        var again = await refused.SubmitAsync(form: "main form:has([value=Shared])");
        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServerPages.FollowCallbackAsync(admin, await site.FakeMicrosoft.Entra.SignInAsync(again.RedirectsTo!.AbsoluteUri, bob))).Status);
        Assert.Contains($"Signed in as {bob.Mail}", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mailbox_address_is_accepted_as_well_as_the_sign_in_name()
    {
        using var admin = await site.SignInAsAdminAsync();
        var user = site.FakeMicrosoft.AddUser($"u{Guid.NewGuid():N}@acme.onmicrosoft.com", $"mail-{Guid.NewGuid():N}@acme.example");
        await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(OutlookServerPages.Form(site, user.Mail));

        Assert.Equal(HttpStatusCode.Redirect, (await OutlookServerPages.SignInAsync(site, admin, user.Mail, user)).Status);
        Assert.Contains($"Signed in as {user.UserPrincipalName}", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_reported_at_the_callback()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateAsync(site, admin, ("ClientSecret", "wrong"));
        var page = await OutlookServerPages.SignInAsync(site, admin, user.Mail, user);

        AssertRejected(page, "Microsoft rejected the client secret.");
        Assert.Contains("Enter the value of the client secret, not its ID", page.TextOf("#om-result .alert"), StringComparison.Ordinal);
        Assert.Contains("AADSTS7000215", page.TextOf("#om-result code"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("#om-result a[href$='#OutgoingMailConfiguration_ClientSecret']"));
    }

    [Theory]
    [InlineData("invalid_grant", 700082, "has expired or was revoked", "Sign in to Microsoft", true)]
    [InlineData("invalid_grant", 50173, "has expired or was revoked", "Sign in to Microsoft", true)]
    [InlineData("invalid_grant", 65001, "Consent", "grant consent under API permissions", true)]
    [InlineData("interaction_required", 50076, "multifactor authentication", "Sign in to Microsoft", true)]
    [InlineData("invalid_grant", 53003, "Conditional Access", "exclude this application", true)]
    [InlineData("invalid_grant", 50105, "isn't assigned", "assign the user", true)]
    [InlineData("invalid_grant", 70000, "to sign in again", "Sign in to Microsoft", true)]
    [InlineData("invalid_client", 7000215, "rejected the client secret", "not its ID", false)]
    [InlineData("invalid_client", 7000222, "client secret has expired", "Create a new one", false)]
    [InlineData("unauthorized_client", 700016, "can't find the application", "Compare Client ID", false)]
    [InlineData("temporarily_unavailable", 90033, "temporarily unavailable", "Try again", false)]
    public async Task A_failed_refresh_shows_the_cause_and_a_next_step(string error, int code, string message, string advice, bool needsSignIn)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        site.FakeMicrosoft.Entra.FailNext(error, code, error == "invalid_client" ? 401 : 400);
        var list = await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        var said = Assert.Single(list.Messages);
        Assert.StartsWith($"The token of {user.Mail} couldn't be refreshed:", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Contains(advice, said, StringComparison.Ordinal);

        var status = await OutlookServerPages.StatusAsync(admin, user.Mail);
        Assert.StartsWith(needsSignIn ? "Sign-in required:" : $"Signed in as {user.Mail}, but the last token refresh failed:", status, StringComparison.Ordinal);
        Assert.Contains(message, status, StringComparison.Ordinal);

        // If only a new sign-in helps, a message fails with the same error and without another request to Microsoft. Otherwise it is sent.
        var result = await MailServerPages.SendTestAsync(admin, id);
        Assert.Contains(needsSignIn ? message : "Sent", result.TextOf("#om-result h2"), StringComparison.Ordinal);

        // After the problem is fixed elsewhere, Refresh token tries again.
        Assert.Contains("was refreshed", Assert.Single((await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
        Assert.StartsWith($"Signed in as {user.Mail}, token valid until", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_shows_how_long_the_token_is_valid()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var list = await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        Assert.Matches($"^The token of {user.Mail} was refreshed. It's valid until \\d{{4}}-\\d\\d-\\d\\d \\d\\d:\\d\\d", Assert.Single(list.Messages));
    }

    [Fact]
    public async Task A_refresh_without_a_sign_in_says_what_to_do()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateAsync(site, admin);
        var list = await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        Assert.Contains("No Microsoft account is signed in", Assert.Single(list.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_service_that_does_not_respond_is_reported_in_time()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "3"));
        site.FakeMicrosoft.Entra.FailNext(new InjectedFailure(500, "server_error", Delay: TimeSpan.FromSeconds(20)));
        var list = await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        Assert.Contains("didn't respond within 3 seconds", Assert.Single(list.Messages), StringComparison.Ordinal);
        Assert.Contains("but the last token refresh failed: Microsoft's sign-in service didn't respond", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
        Assert.Contains("was refreshed", Assert.Single((await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_refreshes_lose_no_token()
    {
        // The stand-in accepts each refresh token only once: two refreshes with the same one would end the sign-in.
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var list = await OutlookServerPages.RowAsync(admin, user.Mail);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => list.SubmitAsync(form: "main form[action*='/RefreshToken/']")));
        await site.Documents.ChangeAsync("OutlookSignIn", id, "ExpiresUtc", "2020-01-01T00:00:00Z");
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MailServerPages.SendTestAsync(admin, id)));

        Assert.All(sent, result => Assert.Contains("Sent", result.TextOf("#om-result h2"), StringComparison.Ordinal));
        Assert.Contains("was refreshed", Assert.Single((await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_background_task_refreshes_due_tokens_and_marks_failures()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var (failing, first) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var (due, second) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var (_, third) = await OutlookServerPages.CreateSignedInAsync(site, admin);

        foreach (var id in new[] { failing, due })
        {
            await site.Documents.ChangeAsync("OutlookSignIn", id, "RefreshedUtc", "2020-01-01T00:00:00Z");
            await site.Documents.ChangeAsync("OutlookSignIn", id, "ExpiresUtc", "2020-01-01T01:00:00Z");
        }

        var grants = site.FakeMicrosoft.Entra.Grants.Count;
        site.FakeMicrosoft.Entra.FailNext("invalid_grant", 700082);
        Assert.Equal("done", (await admin.GetAsync("/Horilla.TestHost/Tasks/Index?name=OutlookTokenRefresh")).Text);

        Assert.Equal(grants + 1, site.FakeMicrosoft.Entra.Grants.Count);
        var statuses = new[] { await OutlookServerPages.StatusAsync(admin, first.Mail), await OutlookServerPages.StatusAsync(admin, second.Mail) };
        Assert.Single(statuses, status => status.StartsWith("Sign-in required: The sign-in of", StringComparison.Ordinal));
        Assert.Single(statuses, status => status.StartsWith("Signed in as", StringComparison.Ordinal) && !status.Contains("2020-01", StringComparison.Ordinal));
        Assert.StartsWith("Signed in as", await OutlookServerPages.StatusAsync(admin, third.Mail), StringComparison.Ordinal);

        // A sign-in that has to be renewed by a person isn't refreshed again.
        await admin.GetAsync("/Horilla.TestHost/Tasks/Index?name=OutlookTokenRefresh");
        Assert.Equal(grants + 1, site.FakeMicrosoft.Entra.Grants.Count);
    }

    [Fact]
    public async Task A_sign_in_service_with_an_untrusted_certificate_gets_no_secret()
    {
        using var admin = await site.SignInAsAdminAsync();
        var user = site.UntrustedCloud.AddUser($"untrusted-{Guid.NewGuid():N}@acme.example");
        await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(OutlookServerPages.Form(
            site,
            user.Mail,
            ("AuthorizationEndpoint", site.UntrustedCloud.AuthorizationEndpoint()),
            ("TokenEndpoint", site.UntrustedCloud.TokenEndpoint()),
            ("GraphEndpoint", site.UntrustedCloud.GraphEndpoint)));
        var callback = await site.UntrustedCloud.Entra.SignInAsync((await OutlookServerPages.StartSignInAsync(admin, user.Mail)).AbsoluteUri, user);

        AssertRejected(await OutlookServerPages.FollowCallbackAsync(admin, callback), "isn't trusted, or the TLS handshake failed");
        Assert.Empty(site.UntrustedCloud.Entra.Grants);
    }

    [Fact]
    public async Task Deleting_a_server_deletes_its_tokens()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        Assert.Equal(1, await site.Documents.CountAsync("OutlookSignIn", id));
        await (await admin.GetAsync(MailServerPages.Delete(id))).SubmitAsync();

        Assert.Equal(0, await site.Documents.CountAsync("OutlookSignIn", id));
    }

    [Fact]
    public async Task Tokens_and_secret_never_appear_in_plain_text_in_a_page_the_database_or_the_log()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        await MailServerPages.SendTestAsync(admin, id);
        await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken");
        site.FakeMicrosoft.Entra.FailNext("invalid_client", 7000215, 401);
        await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken");
        await site.Host.WaitForLogAsync($"({id})");
        var texts = new List<string> { site.Host.Log };

        foreach (var url in new[] { MailServerPages.List, MailServerPages.Edit(id), MailServerPages.Test(id), MailServerPages.Diagnosis(id), MailServerPages.Delete(id) })
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

        foreach (var secret in site.FakeMicrosoft.Entra.Secrets.Append(FakeMicrosoftCloud.ClientSecret))
        {
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("LoginOutlook")]
    [InlineData("RefreshToken")]
    public async Task The_buttons_require_a_POST_a_token_and_the_permission_to_manage(string action)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var grants = site.FakeMicrosoft.Entra.Grants.Count;
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await admin.GetAsync($"/Admin/OutgoingMail/{action}/{id}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync($"/Admin/OutgoingMail/{action}/{id}", [])).Status);
        var other = await MailServerPages.CreateAsync(admin);
        var token = (await OutlookServerPages.RowAsync(admin, user.Mail)).Fields("main form[method=post]")["__RequestVerificationToken"];
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"/Admin/OutgoingMail/{action}/{other}", [new("__RequestVerificationToken", token)])).Status);

        foreach (var role in new[] { "viewer", "tester" })
        {
            using var browser = await site.SignInAsync(role);
            var own = (await browser.GetAsync("/Horilla.TestHost/Token/Index")).Text;
            Assert.StartsWith("/Error/403", (await browser.PostAsync($"/Admin/OutgoingMail/{action}/{id}", [new("__RequestVerificationToken", own)])).Location, StringComparison.Ordinal);
            Assert.Null((await browser.GetAsync(MailServerPages.List)).Document.QuerySelector($"form[action*='{action}']"));
        }

        Assert.Equal(grants, site.FakeMicrosoft.Entra.Grants.Count);
    }

    private static void AssertRejected(WebPage page, string message)
    {
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Sign-in not completed", page.Title);
        Assert.Contains(message, page.TextOf("#om-result h2"), StringComparison.Ordinal);
    }
}
