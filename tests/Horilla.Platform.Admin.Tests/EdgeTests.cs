using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The host as proxies, browsers and monitoring meet it.</summary>
public sealed class EdgeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess? _host;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Each_answer_tells_the_browser_what_not_to_do()
    {
        using var client = await StartAsync();

        foreach (var path in new[] { "/", "/Login", "/Admin", "/nothing/here", "/Horilla.Platform.Admin/theadmin.css" })
        {
            using var answer = await client.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task A_tenant_has_headers_of_its_own_by_configuration()
    {
        using var client = await StartAsync(
            ("OrchardCore__Horilla_Security__Referrer-Policy", "no-referrer"),
            ("OrchardCore__Default__Horilla_Security__Content-Security-Policy", "default-src 'none'"),
            ("OrchardCore__other__Horilla_Security__Content-Security-Policy", ""));
        using var answer = await client.GetAsync("/Login");

        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Behind_a_known_proxy_cookies_are_secure_and_https_is_remembered()
    {
        using var client = await StartAsync(
            ("Horilla__Edge__KnownProxies__0", "127.0.0.1"),
            ("Horilla__Edge__KnownNetworks__0", "::1/128"),
            ("Horilla__Edge__HstsDays", "365"),
            ("Horilla__Edge__HstsIncludeSubDomains", "true"),
            ("Horilla__Edge__RedirectToHttps", "true"));
        using var redirected = await SendAsync(client, "http");
        Assert.Equal(HttpStatusCode.TemporaryRedirect, redirected.StatusCode);
        Assert.Equal("https://crm.example/Login", redirected.Headers.Location?.ToString());

        using var secure = await SendAsync(client, "https");
        Assert.Equal(HttpStatusCode.OK, secure.StatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains", secure.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.EndsWith("form-action 'self' https:", secure.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.All(secure.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure; samesite=", cookie, StringComparison.Ordinal));
        Assert.All(secure.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("httponly", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_unknown_proxy_says_is_not_believed()
    {
        using var client = await StartAsync(("Horilla__Edge__KnownProxies__0", "192.0.2.1"), ("Horilla__Edge__HstsDays", "365"));
        using var answer = await SendAsync(client, "https");

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_stops_the_start()
    {
        var (exitCode, output) = await HostProcess.RunAsync("Horilla.Host", _folder.Sub("data"), ("Horilla__Edge__KnownProxies__0", "my-proxy"));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("The configuration 'Horilla:Edge:KnownProxies' has 'my-proxy', which is not an IP address.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_lives_before_any_tenant_is_set_up_and_whatever_becomes_of_them()
    {
        using var client = await StartAsync(("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseProvider", "Nothing"), ("Horilla__Edge__RedirectToHttps", "true"));
        using var health = await client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("Healthy", await health.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_line_of_the_log_of_a_request_names_the_tenant()
    {
        using var client = await StartAsync();
        using var answer = await client.GetAsync("/Login");
        await _host!.LogsAsync("was set up by the recipe");
        var lines = _host.Log.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject()).ToArray();
        var requests = lines.Where(line => line["Scopes"]!.AsArray().Any(scope => scope!["RequestPath"] is not null) && ((string)line["Category"]!).StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(requests);
        Assert.All(requests, line => Assert.Equal("Default", (string?)line["Scopes"]!.AsArray().Single(scope => scope!["Tenant"] is not null)!["Tenant"]));
        Assert.DoesNotContain(HostProcess.Password, _host.Log, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string scheme)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Login");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-Host", "crm.example");

        return await client.SendAsync(request);
    }

    private async Task<HttpClient> StartAsync(params (string Name, string Value)[] settings)
    {
        _host = await HostProcess.StartAsync("Horilla.Host", _folder.Sub("data"), settings: [("Logging__LogLevel__Microsoft", "Debug"), .. settings]);

        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _host.Address };
    }
}
