using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using MimeKit;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Messages through Microsoft Graph.</summary>
[Collection(SiteCollection.Name)]
public sealed class OutlookSendingTests(SiteFixture site)
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_test_message_arrives_and_its_result_is_shown()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var result = await MailServerPages.SendTestAsync(admin, id);

        Assert.Contains("Sent: the server accepted the message for reader@example.com", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Matches("^202 Accepted \\(request-id [0-9a-f-]{36}\\)$", result.TextOf("#om-result code"));
        Assert.Equal(["Sign-in", "Content"], result.TextsOf(".om-step-passed .om-step-name"));
        var mail = site.FakeMicrosoft.Graph.Sent.Single(sent => sent.User == user).Message;
        Assert.Equal($"\"Acme Sales\" <{user.Mail}>", mail.From.ToString());
        Assert.Equal("reader@example.com", mail.To.ToString());
        Assert.Contains("Test <Site> & Co", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Last sent just now", (await OutlookServerPages.RowAsync(admin, user.Mail)).TextOf("tbody tr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bcc_reply_to_headers_and_attachments_arrive()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var subject = $"Grüße {Guid.NewGuid():N}";
        await SendAsync(admin, id, subject, ("from", "somebody@example.com"), ("bcc", "hidden@example.com"), ("attachments", "1000"));
        var mail = site.FakeMicrosoft.Graph.Find(subject).Message;

        Assert.Equal("hidden@example.com", mail.Bcc.ToString());
        Assert.Equal("somebody@example.com", mail.ReplyTo.ToString());
        Assert.Equal("spring", mail.Headers["X-Campaign"]);
        var attachment = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        Assert.Equal("Übersicht 0.pdf", attachment.FileName);
        Assert.Equal(1000, Decode(attachment).Length);
        Assert.Equal([1, 2, 3], Decode(mail.BodyParts.OfType<MimePart>().Single(part => part.ContentId == "logo")));
        Assert.Empty(site.FakeMicrosoft.Graph.Drafts);
    }

    [Fact]
    public async Task A_large_message_is_sent_through_a_draft_with_upload_sessions()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("SendsLargeMails", "true"), ("TimeoutSeconds", "120"));
        var subject = $"Large {Guid.NewGuid():N}";
        var result = await SendAsync(admin, id, subject, ("bcc", "hidden@example.com"), ("attachments", $"{20 * Megabyte},{2 * Megabyte},{2 * Megabyte},1000"));

        Assert.Equal(0, (int)result["status"]!);
        var sent = site.FakeMicrosoft.Graph.Find(subject);
        var whole = sent.Message.Attachments.OfType<MimePart>().Select(part => (FileName: part.FileName!, Content: Decode(part))).Concat(sent.Attachments.Select(part => (FileName: part.Name, part.Content))).OrderBy(part => part.FileName).ToArray();
        Assert.Equal(["Übersicht 0.pdf", "Übersicht 1.pdf", "Übersicht 2.pdf", "Übersicht 3.pdf"], whole.Select(part => part.FileName));
        Assert.Equal([20 * Megabyte, 2 * Megabyte, 2 * Megabyte, 1000], whole.Select(part => part.Content.Length));
        Assert.All(whole.Index(), part => Assert.All(part.Item.Content.Take(100), value => Assert.Equal(part.Index, value)));
        Assert.Equal("hidden@example.com", sent.Message.Bcc.ToString());
        Assert.Equal([1, 2, 3], Decode(sent.Message.BodyParts.OfType<MimePart>().Single(part => part.ContentId == "logo")));
        Assert.Empty(site.FakeMicrosoft.Graph.Drafts);
    }

    [Fact]
    public async Task A_large_message_without_the_permission_says_what_to_do()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var result = await SendAsync(admin, id, "Too large", ("attachments", $"{5 * Megabyte}"));

        Assert.Equal("too-large", (string?)result["error"]!["code"]);
        Assert.Contains("Turn on Send large messages", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);

        // The setting is on, but no sign-in has granted the permission: Microsoft requires consent, only for large messages.
        var list = await (await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("SendsLargeMails")] = "true" })).FollowAsync();
        Assert.Contains(list.Messages, message => message.Contains("can't send large messages until you sign in to Microsoft again", StringComparison.Ordinal));
        var refused = await SendAsync(admin, id, "Too large", ("attachments", $"{5 * Megabyte}"));
        Assert.Equal("outlook-consent-missing", (string?)refused["error"]!["code"]);
        Assert.Contains("Mail.ReadWrite", (string?)refused["error"]!["nextStep"], StringComparison.Ordinal);
        Assert.Equal(0, (int)(await SendAsync(admin, id, "Small"))["status"]!);
        Assert.StartsWith("Signed in as", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);

        await OutlookServerPages.SignInAsync(site, admin, user.Mail, user);
        Assert.Equal(0, (int)(await SendAsync(admin, id, "Large at last", ("attachments", $"{5 * Megabyte}")))["status"]!);
    }

    [Theory]
    [InlineData("/attachments")]
    [InlineData("/createUploadSession")]
    [InlineData("/upload")]
    [InlineData("/send")]
    public async Task No_draft_is_left_behind(string failing)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("SendsLargeMails", "true"));
        var subject = $"Half {Guid.NewGuid():N}";

        // The SDK tries each slice of an upload twice.
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(500, "ErrorInternalServerError", "Something went wrong."), failing, times: failing == "/upload" ? 2 : 1);
        var result = await SendAsync(admin, id, subject, ("attachments", failing == "/attachments" ? $"{2 * Megabyte},{2 * Megabyte}" : $"{5 * Megabyte}"));

        Assert.Equal(1, (int)result["status"]!);
        Assert.Empty(site.FakeMicrosoft.Graph.Drafts);
        Assert.DoesNotContain(site.FakeMicrosoft.Graph.Sent, mail => mail.Message.Subject == subject);
        Assert.Equal(failing == "/upload" ? "graph-upload-failed" : "outlook-unavailable", (string?)result["error"]!["code"]);
    }

    [Theory]
    [InlineData(FakeMicrosoftCloud.TenantDomain)]
    [InlineData(FakeMicrosoftCloud.TenantId)]
    [InlineData("common")]
    [InlineData("organizations")]
    public async Task Many_messages_use_one_token_however_the_tenant_is_named(string tenant)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(
            site, admin, ("TenantId", tenant), ("AuthorizationEndpoint", site.FakeMicrosoft.AuthorizationEndpoint(tenant)), ("TokenEndpoint", site.FakeMicrosoft.TokenEndpoint(tenant)));
        var grants = site.FakeMicrosoft.Entra.Grants.Count;

        for (var mail = 0; mail < 3; mail++)
        {
            Assert.Equal(0, (int)(await SendAsync(admin, id, "One of many"))["status"]!);
        }

        Assert.Equal(grants, site.FakeMicrosoft.Entra.Grants.Count);

        for (var refresh = 0; refresh < 2; refresh++)
        {
            Assert.Contains("was refreshed", Assert.Single((await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
        }

        Assert.Equal(grants + 2, site.FakeMicrosoft.Entra.Grants.Count);
        Assert.Equal(0, (int)(await SendAsync(admin, id, "And another"))["status"]!);
    }

    [Fact]
    public async Task A_revoked_token_is_refreshed_once()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        site.FakeMicrosoft.Entra.RevokeAccessTokens(user);

        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);

        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(401, "InvalidAuthenticationToken", "Access token validation failure."));
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(401, "InvalidAuthenticationToken", "Access token validation failure."));
        var refused = await MailServerPages.SendTestAsync(admin, id);
        Assert.Contains("Microsoft Graph rejected the sign-in, even with a refreshed token.", refused.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal("Sign-in", refused.TextOf(".om-step-failed .om-step-name"));
    }

    [Theory]
    [InlineData(429, "ApplicationThrottled")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task Retry_After_is_honoured_within_the_timeout(int status, string code)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "20"));
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(status, code, "Slow down.", RetryAfter: 1));
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);

        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(status, code, "Slow down.", RetryAfter: 300));
        var refused = await SendAsync(admin, id, "Throttled");
        Assert.Equal(status == 429 ? "outlook-throttled" : "outlook-unavailable", (string?)refused["error"]!["code"]);
        Assert.True((bool)refused["error"]!["canRetry"]!);
    }

    [Fact]
    public async Task Endless_throttling_is_reported()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(429, "ApplicationThrottled", "Slow down.", RetryAfter: 0), times: 11);

        Assert.Equal("outlook-throttled", (string?)(await SendAsync(admin, id, "Throttled"))["error"]!["code"]);
        Assert.Equal(0, (int)(await SendAsync(admin, id, "And then"))["status"]!);
    }

    [Fact]
    public async Task A_504_is_not_retried_because_the_message_may_have_been_accepted()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var requests = site.FakeMicrosoft.Graph.Requests;
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(504, "GatewayTimeout", "Too slow."));

        var slow = await SendAsync(admin, id, "Slow");
        Assert.Equal("outlook-outcome-unknown", (string?)slow["error"]!["code"]);
        Assert.False((bool)slow["error"]!["canRetry"]!);
        Assert.Equal(requests + 1, site.FakeMicrosoft.Graph.Requests);
    }

    [Theory]
    [InlineData(403, "ErrorSendAsDenied", "Sender", "isn't allowed to send as", "Send As")]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "Sender", "has no mailbox", "licensed")]
    [InlineData(403, "ErrorAccessDenied", "Content", "isn't allowed to send email", "API permissions")]
    [InlineData(400, "ErrorInvalidRecipients", "Recipient", "rejected the recipients", "Check the addresses")]
    [InlineData(413, "RequestEntityTooLarge", "Content", "too large", "smaller attachments")]
    [InlineData(403, "ErrorExceededMessageLimit", "Content", "reached an Exchange Online limit", "tomorrow")]
    [InlineData(403, "SomethingNew", "Content", "denied the request", "The server response")]
    [InlineData(400, "SomethingElse", "Content", "rejected the message", "The server response")]
    [InlineData(500, "ErrorInternalServerError", "Content", "temporarily unavailable", "Try again")]
    public async Task A_rejection_by_Microsoft_Graph_is_explained_with_a_next_step(int status, string code, string step, string message, string advice)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(status, code, "It says why."));
        var result = await MailServerPages.SendTestAsync(admin, id);

        Assert.Equal(HttpStatusCode.OK, result.Status);
        Assert.Contains(message, result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains(advice, result.TextOf("#om-result .alert"), StringComparison.Ordinal);
        Assert.Equal(step, result.TextOf(".om-step-failed .om-step-name"));
        Assert.StartsWith($"{status} {code}: It says why. (request-id ", result.TextOf("#om-result code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_a_mailbox_is_reported()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        user.HasMailbox = false;

        Assert.Contains("has no mailbox", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_a_sign_in_says_what_to_do()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateAsync(site, admin);
        var result = await MailServerPages.SendTestAsync(admin, id);

        Assert.Contains($"No Microsoft account is signed in for '{user.Mail}'.", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("Sign in to Microsoft", result.TextOf("#om-result .alert"), StringComparison.Ordinal);
        Assert.Equal("Sign-in", result.TextOf(".om-step-failed .om-step-name"));
    }

    [Fact]
    public async Task The_timeout_covers_the_complete_attempt()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "3"));
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(500, "Slow", Delay: TimeSpan.FromSeconds(20)));
        var result = await MailServerPages.SendTestAsync(admin, id);

        Assert.Contains("Microsoft Graph didn't accept the message within 3 seconds.", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal("Content", result.TextOf(".om-step-failed .om-step-name"));
    }

    [Fact]
    public async Task The_account_can_only_send_as_itself()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateAsync(site, admin);
        var bob = site.FakeMicrosoft.AddUser($"bob-{Guid.NewGuid():N}@acme.example");
        var refused = await OutlookServerPages.SignInAsync(site, admin, user.Mail, bob);
        var begun = await refused.SubmitAsync(form: "main form:has([value=Alias])");
        await OutlookServerPages.FollowCallbackAsync(admin, await site.FakeMicrosoft.Entra.SignInAsync(begun.RedirectsTo!.AbsoluteUri, bob));

        Assert.Contains($"The account isn't allowed to send as {user.Mail}.", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
        bob.Aliases.Add(user.Mail);
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_stored_even_if_the_sending_module_has_uncommitted_writes()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        await site.Documents.ChangeAsync("OutlookSignIn", id, "ExpiresUtc", "2020-01-01T00:00:00Z");

        Assert.Equal(0, (int)(await SendAsync(admin, id, "Written before", ("writesBefore", "true")))["status"]!);
        Assert.Equal(0, (int)(await SendAsync(admin, id, "And after"))["status"]!);
        Assert.DoesNotContain("2020-01", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GraphEndpoint", "https://evil.example/v1.0", "outlook-graph-not-allowed")]
    [InlineData("GraphEndpoint", "http://localhost/v1.0", "outlook-graph-not-allowed")]
    public async Task An_endpoint_that_the_operator_does_not_allow_gets_no_token_even_if_it_is_stored(string field, string value, string code)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        await site.Documents.ChangeAsync("OutgoingMailConfiguration", id, $"Properties.OutlookServerSettings.{field}", value);

        Assert.Equal(code, (string?)(await SendAsync(admin, id, "Nowhere else"))["error"]!["code"]);
    }

    [Fact]
    public async Task A_payload_of_another_server_cannot_be_read()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (source, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var (target, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        await site.Documents.ChangeAsync("OutlookSignIn", target, "ProtectedTokens", await site.Documents.ReadAsync("OutlookSignIn", source, "ProtectedTokens"));

        Assert.Equal("outlook-tokens-unreadable", (string?)(await SendAsync(admin, target, "Stolen"))["error"]!["code"]);
        Assert.Equal(0, (int)(await SendAsync(admin, source, "My own"))["status"]!);
    }

    private static byte[] Decode(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);

        return content.ToArray();
    }

    private static async Task<JsonNode> SendAsync(WebBrowser browser, string id, string subject, params (string Name, string Value)[] values)
        => JsonNode.Parse((await browser.PostAsync(
            "/Horilla.TestHost/Send/Index",
            [new("to", "reader@example.com"), new("subject", subject), new("configurationId", id), .. values.Select(value => KeyValuePair.Create(value.Name, value.Value))])).Text)!;
}
