using System.Net;
using System.Text;
using System.Text.Json;
using Horilla.Testing.Cloud;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Unexpected responses in place of Microsoft's: they never count as success, fill the memory or reveal a secret.</summary>
[Collection(SiteCollection.Name)]
public sealed class OutlookResponseTests(SiteFixture site)
{
    private const string CaptivePortalPage = "<!DOCTYPE html><html><body>Welcome to the hotel. Please accept our terms.</body></html>";

    [Theory]
    [InlineData(200, CaptivePortalPage, "text/html")]
    [InlineData(202, CaptivePortalPage, "text/html")]
    [InlineData(203, CaptivePortalPage, "text/html")]
    [InlineData(204, "", "")]
    [InlineData(200, "{}", "application/json")]
    [InlineData(301, CaptivePortalPage, "text/html")]
    [InlineData(302, "", "text/html")]
    public async Task A_message_counts_as_sent_only_after_a_202_from_Microsoft_Graph(int status, string body, string contentType)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var sent = site.FakeMicrosoft.Graph.Sent.Count;
        site.FakeMicrosoft.Graph.FailNext(InjectedFailure.RawResponse(status, body, contentType, status >= 300 ? "https://portal.example/" : null));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.Equal("graph-not-understood", (string?)result["error"]!["code"]);
        Assert.StartsWith(MailServerPages.Invariant(status), (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
        Assert.DoesNotContain("hotel", result.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(sent, site.FakeMicrosoft.Graph.Sent.Count);
    }

    [Theory]
    [InlineData("/me/messages", 200)]
    [InlineData("/me/messages", 302)]
    [InlineData("/attachments/createUploadSession", 203)]
    [InlineData("/attachments", 302)]
    [InlineData("/upload", 200)]
    [InlineData("/upload", 302)]
    [InlineData("/send", 200)]
    [InlineData("/send", 204)]
    [InlineData("/send", 301)]
    public async Task Each_request_of_a_large_message_needs_the_status_that_Microsoft_Graph_returns_for_it(string path, int status)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("SendsLargeMails", "true"));
        var sent = site.FakeMicrosoft.Graph.Sent.Count;
        site.FakeMicrosoft.Graph.FailNext(InjectedFailure.RawResponse(status, CaptivePortalPage), path, times: path == "/upload" ? 2 : 1);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("attachments", path == "/attachments" ? "2900000,2900000" : "4000000"));
        site.FakeMicrosoft.Graph.FailNoMore();

        Assert.True((int)result["status"]! == SendServiceClient.Failed, result.ToJsonString());
        Assert.Matches("^(graph-not-understood|graph-upload-failed)$", (string)result["error"]!["code"]!);
        Assert.Equal(sent, site.FakeMicrosoft.Graph.Sent.Count);
        Assert.Empty(site.FakeMicrosoft.Graph.Drafts);
    }

    [Fact]
    public async Task The_response_of_Microsoft_Graph_is_shown()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Matches("^202 Accepted \\(request-id [0-9a-f-]{36}\\)$", (string)result["serverResponse"]!);
    }

    [Theory]
    [InlineData("{token}")]
    [InlineData("Bearer {token-lower}")]
    [InlineData("signature {token-part}")]
    public async Task An_error_that_repeats_the_token_is_reduced_to_its_code(string description)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var token = "";
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(400, "", Respond: async context =>
        {
            token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/json";
            var said = description.Replace("{token}", token, StringComparison.Ordinal).Replace("{token-lower}", token.ToLowerInvariant(), StringComparison.Ordinal).Replace("{token-part}", token.Split('.')[^1], StringComparison.Ordinal);
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { code = "BadRequest", message = said } }));
        }));
        var page = await MailServerPages.SendTestAsync(admin, id);

        Assert.StartsWith("400 BadRequest", page.TextOf("#om-result code"), StringComparison.Ordinal);
        await AssertNotLeakedAsync(page.Text, token);
    }

    [Fact]
    public async Task A_sign_in_error_that_repeats_secrets_is_reduced_to_its_code()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var secrets = Array.Empty<string>();
        site.FakeMicrosoft.Entra.FailNext(new InjectedFailure(400, "", Respond: async context =>
        {
            var form = await context.Request.ReadFormAsync();
            secrets = [form["refresh_token"].ToString(), form["client_secret"].ToString()];
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { error = "invalid_grant", error_description = $"AADSTS70008: {string.Join(" and ", secrets)}", error_codes = new[] { 70008 } }));
        }));
        await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken");
        var row = await OutlookServerPages.RowAsync(admin, user.Mail);

        Assert.Contains("The sign-in of", row.Text, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.NotEmpty(secret));
        await AssertNotLeakedAsync(row.Text, secrets);
    }

    [Theory]
    [InlineData(200, CaptivePortalPage, "text/html")]
    [InlineData(200, "{\"access_token\":5,\"id_token\":[]}", "application/json")]
    [InlineData(200, "[[[", "application/json")]
    [InlineData(400, "{\"error\":\"invalid_grant\",\"error_codes\":\"many\"}", "application/json")]
    [InlineData(400, "{\"error\":\"invalid_grant\",\"error_codes\":[1e99,\"x\",null]}", "application/json")]
    [InlineData(400, "{\"error\":{\"a\":1},\"error_codes\":{}}", "application/json")]
    [InlineData(400, CaptivePortalPage, "text/html")]
    [InlineData(302, CaptivePortalPage, "text/html")]
    [InlineData(500, "", "text/plain")]
    public async Task An_unexpected_response_of_the_sign_in_service_is_a_known_failure(int status, string body, string contentType)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);

        // MSAL retries once after a server error.
        site.FakeMicrosoft.Entra.FailNext(InjectedFailure.RawResponse(status, body, contentType));

        if (status >= 500)
        {
            site.FakeMicrosoft.Entra.FailNext(InjectedFailure.RawResponse(status, body, contentType));
        }

        var answer = await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(answer.Messages, message => message.Contains("couldn't be refreshed", StringComparison.Ordinal));
        Assert.DoesNotContain("hotel", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_to_the_sign_in_service_says_nothing_about_a_message()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        site.FakeMicrosoft.Entra.FailNext(new InjectedFailure(0, "", Respond: async context =>
        {
            context.Response.ContentLength = 500;
            await context.Response.WriteAsync("{\"access_token\": ");
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));
        var answer = await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();

        Assert.Contains(answer.Messages, message => message.Contains("was lost", StringComparison.Ordinal) && message.Contains("Try again", StringComparison.Ordinal));
        Assert.DoesNotContain("may have been sent", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task A_truncated_response_of_Microsoft_Graph_is_a_known_failure(int status)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(status, "", Respond: async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = 500;
            await context.Response.WriteAsync("{\"error\": {");
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.NotEqual("unexpected", (string?)result["error"]!["code"]);
    }

    [Fact]
    public async Task A_message_that_Microsoft_Graph_accepted_counts_as_sent_even_if_the_response_never_ends()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "10"));
        site.FakeMicrosoft.Graph.FailNext(new InjectedFailure(202, "", Respond: async context =>
        {
            context.Response.StatusCode = 202;
            context.Response.ContentLength = 5;
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal(SendServiceClient.Sent, (int)result["status"]!);
        Assert.StartsWith("202 Accepted", (string?)result["serverResponse"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "not json", "text/plain")]
    [InlineData(502, CaptivePortalPage, "text/html")]
    [InlineData(403, "{\"error\":\"just a text\"}", "application/json")]
    [InlineData(400, "{\"error\":{\"code\":7,\"message\":{}}}", "application/json")]
    public async Task A_malformed_error_of_Microsoft_Graph_is_a_known_failure(int status, string body, string contentType)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        site.FakeMicrosoft.Graph.FailNext(InjectedFailure.RawResponse(status, body, contentType));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.NotEqual("unexpected", (string?)result["error"]!["code"]);
        Assert.StartsWith(MailServerPages.Invariant(status), (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_endless_response_is_cut_off_in_time_and_does_not_fill_the_memory(bool isToken)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "10"));
        await FloodAsync();
        var before = site.Host.ResidentBytes;

        for (var time = 0; time < 5; time++)
        {
            await FloodAsync();
        }

        Assert.True(site.Host.ResidentBytes < before + (96L * 1024 * 1024), $"The memory grew from {before} to {site.Host.ResidentBytes} bytes.");

        async Task FloodAsync()
        {
            var flood = new InjectedFailure(0, "", Respond: async context =>
            {
                context.Response.StatusCode = isToken ? 200 : 400;
                context.Response.ContentType = "application/json";
                var text = Encoding.UTF8.GetBytes("{\"access_token\":\"" + new string('a', 1024 * 1024));

                for (var megabyte = 0; megabyte < 100; megabyte++)
                {
                    await context.Response.Body.WriteAsync(text, context.RequestAborted);
                }
            });

            if (isToken)
            {
                site.FakeMicrosoft.Entra.FailNext(flood);
                var answer = await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();
                Assert.Contains(answer.Messages, message => message.Contains("couldn't be refreshed", StringComparison.Ordinal));
            }
            else
            {
                site.FakeMicrosoft.Graph.FailNext(flood);
                var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));
                Assert.Equal("graph-not-understood", (string?)result["error"]!["code"]);
                Assert.Contains("more than 1024 KB", (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
            }
        }
    }

    private async Task AssertNotLeakedAsync(string page, params string[] secrets)
    {
        var seen = page + site.Host.Log + await site.Documents.DumpAsync();

        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, seen, StringComparison.OrdinalIgnoreCase);
        }
    }
}
