using System.Net;
using System.Text;
using System.Text.Json;
using Horilla.Testing.Cloud;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>What may answer in Microsoft's place: it is no success, takes no memory, and shows no secret.</summary>
[Collection(SiteCollection.Name)]
public sealed class OutlookAnswerTests(Site site)
{
    private const string Portal = "<!DOCTYPE html><html><body>Welcome to the hotel. Please accept our terms.</body></html>";

    [Theory]
    [InlineData(200, Portal, "text/html")]
    [InlineData(202, Portal, "text/html")]
    [InlineData(203, Portal, "text/html")]
    [InlineData(204, "", "")]
    [InlineData(200, "{}", "application/json")]
    [InlineData(301, Portal, "text/html")]
    [InlineData(302, "", "text/html")]
    public async Task A_message_counts_as_sent_by_a_202_of_Microsoft_Graph_alone(int status, string body, string contentType)
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin);
        var sent = site.Cloud.Graph.Sent.Count;
        site.Cloud.Graph.FailNext(PlannedFailure.Of(status, body, contentType, status >= 300 ? "https://portal.example/" : null));
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.Equal("graph-not-understood", (string?)result["error"]!["code"]);
        Assert.StartsWith(Servers.Text(status), (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
        Assert.DoesNotContain("hotel", result.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(sent, site.Cloud.Graph.Sent.Count);
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
    public async Task Each_request_of_a_large_message_counts_by_what_Microsoft_Graph_answers_there(string path, int status)
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin, ("SendsLargeMails", "true"));
        var sent = site.Cloud.Graph.Sent.Count;
        site.Cloud.Graph.FailNext(PlannedFailure.Of(status, Portal), path, times: path == "/upload" ? 2 : 1);
        var result = await Mails.SendAsync(admin, ("configurationId", id), ("attachments", path == "/attachments" ? "2900000,2900000" : "4000000"));
        site.Cloud.Graph.FailNoMore();

        Assert.True((int)result["status"]! == Mails.Failed, result.ToJsonString());
        Assert.Matches("^(graph-not-understood|graph-upload-failed)$", (string)result["error"]!["code"]!);
        Assert.Equal(sent, site.Cloud.Graph.Sent.Count);
        Assert.Empty(site.Cloud.Graph.Drafts);
    }

    [Fact]
    public async Task What_was_really_answered_is_shown()
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin);
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Matches("^202 Accepted \\(request-id [0-9a-f-]{36}\\)$", (string)result["serverResponse"]!);
    }

    [Theory]
    [InlineData("{token}")]
    [InlineData("Bearer {token-lower}")]
    [InlineData("signature {token-part}")]
    public async Task An_error_that_repeats_the_token_is_its_code_alone(string description)
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin);
        var token = "";
        site.Cloud.Graph.FailNext(new PlannedFailure(400, "", Answer: async context =>
        {
            token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/json";
            var said = description.Replace("{token}", token, StringComparison.Ordinal).Replace("{token-lower}", token.ToLowerInvariant(), StringComparison.Ordinal).Replace("{token-part}", token.Split('.')[^1], StringComparison.Ordinal);
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { code = "BadRequest", message = said } }));
        }));
        var page = await Servers.SendTestAsync(admin, id);

        Assert.StartsWith("400 BadRequest", page.One("#om-result code"), StringComparison.Ordinal);
        await IsNowhereAsync(page.Text, token);
    }

    [Fact]
    public async Task An_error_of_the_sign_in_that_repeats_what_was_sent_is_its_code_alone()
    {
        using var admin = await site.AdminAsync();
        var (_, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        var secrets = Array.Empty<string>();
        site.Cloud.Entra.FailNext(new PlannedFailure(400, "", Answer: async context =>
        {
            var form = await context.Request.ReadFormAsync();
            secrets = [form["refresh_token"].ToString(), form["client_secret"].ToString()];
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { error = "invalid_grant", error_description = $"AADSTS70008: {string.Join(" and ", secrets)}", error_codes = new[] { 70008 } }));
        }));
        await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken");
        var row = await OutlookServers.RowAsync(admin, user.Mail);

        Assert.Contains("The sign-in of", row.Text, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.NotEmpty(secret));
        await IsNowhereAsync(row.Text, secrets);
    }

    [Theory]
    [InlineData(200, Portal, "text/html")]
    [InlineData(200, "{\"access_token\":5,\"id_token\":[]}", "application/json")]
    [InlineData(200, "[[[", "application/json")]
    [InlineData(400, "{\"error\":\"invalid_grant\",\"error_codes\":\"many\"}", "application/json")]
    [InlineData(400, "{\"error\":\"invalid_grant\",\"error_codes\":[1e99,\"x\",null]}", "application/json")]
    [InlineData(400, "{\"error\":{\"a\":1},\"error_codes\":{}}", "application/json")]
    [InlineData(400, Portal, "text/html")]
    [InlineData(302, Portal, "text/html")]
    [InlineData(500, "", "text/plain")]
    public async Task An_odd_answer_of_the_sign_in_is_a_known_failure(int status, string body, string contentType)
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);

        // MSAL asks a server in trouble a second time.
        site.Cloud.Entra.FailNext(PlannedFailure.Of(status, body, contentType));

        if (status >= 500)
        {
            site.Cloud.Entra.FailNext(PlannedFailure.Of(status, body, contentType));
        }

        var answer = await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(answer.Messages, message => message.Contains("was not refreshed", StringComparison.Ordinal));
        Assert.DoesNotContain("hotel", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_answer_of_Microsoft_Graph_that_breaks_off_is_a_known_failure(int status)
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin);
        site.Cloud.Graph.FailNext(new PlannedFailure(status, "", Answer: async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = 500;
            await context.Response.WriteAsync("{\"error\": {");
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.NotEqual("unexpected", (string?)result["error"]!["code"]);
    }

    [Fact]
    public async Task A_message_that_Microsoft_Graph_accepted_is_sent_even_if_the_answer_never_ends()
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "10"));
        site.Cloud.Graph.FailNext(new PlannedFailure(202, "", Answer: async context =>
        {
            context.Response.StatusCode = 202;
            context.Response.ContentLength = 5;
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal(Mails.Sent, (int)result["status"]!);
        Assert.StartsWith("202 Accepted", (string?)result["serverResponse"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "not json", "text/plain")]
    [InlineData(502, Portal, "text/html")]
    [InlineData(403, "{\"error\":\"just a text\"}", "application/json")]
    [InlineData(400, "{\"error\":{\"code\":7,\"message\":{}}}", "application/json")]
    public async Task An_odd_error_of_Microsoft_Graph_is_a_known_failure(int status, string body, string contentType)
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateSignedInAsync(site, admin);
        site.Cloud.Graph.FailNext(PlannedFailure.Of(status, body, contentType));
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.NotEqual("unexpected", (string?)result["error"]!["code"]);
        Assert.StartsWith(Servers.Text(status), (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_endless_answer_is_cut_off_in_time_and_takes_no_memory(bool isToken)
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin, ("TimeoutSeconds", "10"));
        await FloodAsync();
        var before = site.Host.ResidentBytes;

        for (var time = 0; time < 5; time++)
        {
            await FloodAsync();
        }

        Assert.True(site.Host.ResidentBytes < before + (96L * 1024 * 1024), $"{before} grew to {site.Host.ResidentBytes}.");

        async Task FloodAsync()
        {
            var flood = new PlannedFailure(0, "", Answer: async context =>
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
                site.Cloud.Entra.FailNext(flood);
                var answer = await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync();
                Assert.Contains(answer.Messages, message => message.Contains("was not refreshed", StringComparison.Ordinal));
            }
            else
            {
                site.Cloud.Graph.FailNext(flood);
                var result = await Mails.SendAsync(admin, ("configurationId", id));
                Assert.Equal("graph-not-understood", (string?)result["error"]!["code"]);
                Assert.Contains("more than 1024 KB", (string?)result["error"]!["serverResponse"], StringComparison.Ordinal);
            }
        }
    }

    private async Task IsNowhereAsync(string page, params string[] secrets)
    {
        var seen = page + site.Host.Log + await site.Documents.AllAsync();

        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, seen, StringComparison.OrdinalIgnoreCase);
        }
    }
}
