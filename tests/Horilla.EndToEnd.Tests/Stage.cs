using Horilla.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Horilla.EndToEnd.Tests;

/// <summary>A host, a mail server and a browser. A host that runs already needs a mail server without TLS: it trusts no authority of ours.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestAuthority? _authority;
    private HostProcess? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Target Target { get; private set; } = null!;

    public EximServer Exim { get; private set; } = null!;

    /// <summary>Whether the host trusts the certificate of the mail server.</summary>
    public bool TrustsMailServer => _host is not null;

    public async Task InitializeAsync()
    {
        _authority = new TestAuthority(_folder.Path, "Test Authority");
        Exim = await EximServer.StartAsync(_folder, _authority.Issue("exim", "localhost"));
        Target = Target.FromEnvironment() ?? await StartHostAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await Exim.DisposeAsync();
        _authority?.Dispose();
        _folder.Dispose();
    }

    /// <summary>A window of its own, in which the administrator is signed in.</summary>
    public async Task<Window> OpenAsync(int width = 1280, int height = 900, ColorScheme colors = ColorScheme.Light, bool scripts = true)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Target.Address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = colors,
            JavaScriptEnabled = scripts,
        });
        var window = new Window(context, await context.NewPageAsync());
        await window.SignInAsync(Target);

        return window;
    }

    private async Task<Target> StartHostAsync()
    {
        _host = await HostProcess.StartAsync("Horilla.Host", _folder.Sub("data"), _authority!.CertificateFile, ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__SiteName", "Acme Ltd"));

        return new Target(_host.Address, HostProcess.Administrator, HostProcess.Password);
    }
}
