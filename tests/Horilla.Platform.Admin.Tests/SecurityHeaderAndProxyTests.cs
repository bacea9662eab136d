using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The host as proxies, browsers and monitoring see it.</summary>
public sealed class SecurityHeaderAndProxyTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess? _host;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Every_response_has_security_headers()
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
    public async Task Security_headers_can_be_configured_per_tenant()
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
    public async Task Behind_a_known_proxy_cookies_are_secure_and_HSTS_is_sent()
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
    public async Task Forwarded_headers_of_an_unknown_proxy_are_ignored()
    {
        using var client = await StartAsync(("Horilla__Edge__KnownProxies__0", "192.0.2.1"), ("Horilla__Edge__HstsDays", "365"));
        using var answer = await SendAsync(client, "https");

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invalid_proxy_address_prevents_startup()
    {
        var (exitCode, output) = await HostProcess.RunToExitAsync("Horilla.Host", _folder.CreateSubfolder("data"), ("Horilla__Edge__KnownProxies__0", "my-proxy"));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("The setting 'Horilla:Edge:KnownProxies' contains 'my-proxy', which isn't an IP address.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_liveness_check_succeeds_without_a_working_tenant()
    {
        using var client = await StartAsync(("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseProvider", "Nothing"), ("Horilla__Edge__RedirectToHttps", "true"));
        using var health = await client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("Healthy", await health.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_log_entry_of_a_request_names_the_tenant()
    {
        using var client = await StartAsync();
        using var answer = await client.GetAsync("/Login");
        await _host!.WaitForLogAsync("was set up with the recipe");
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
        _host = await HostProcess.StartAsync("Horilla.Host", _folder.CreateSubfolder("data"), settings: [("Logging__LogLevel__Microsoft", "Debug"), .. settings]);

        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _host.Address };
    }
}
