using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.Playwright;
using Xunit;

namespace Horilla.EndToEnd.Tests;

/// <summary>A host, a mail server and a browser. An existing host needs a mail server without TLS because it doesn't trust the test authority.</summary>
public sealed class EndToEndFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestCertificateAuthority? _authority;
    private HostProcess? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public HostUnderTest Target { get; private set; } = null!;

    public EximServer Exim { get; private set; } = null!;

    /// <summary>The stand-in for Microsoft Entra and Microsoft Graph, or null for an existing host, which doesn't trust it.</summary>
    public FakeMicrosoftCloud? Cloud { get; private set; }

    /// <summary>Whether the host trusts the certificate of the mail server.</summary>
    public bool TrustsMailServer => _host is not null;

    public async ValueTask InitializeAsync()
    {
        _authority = new TestCertificateAuthority(_folder.Path, "Test Authority");
        Exim = await EximServer.StartAsync(_folder, _authority.Issue("exim", "localhost"));
        Target = HostUnderTest.FromEnvironment() ?? await StartHostAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
    }

    public async ValueTask DisposeAsync()
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

        if (Cloud is not null)
        {
            await Cloud.DisposeAsync();
        }

        await Exim.DisposeAsync();
        _authority?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Opens a new window in which the administrator is signed in.</summary>
    public async Task<AdminWindow> OpenWindowAsync(int width = 1280, int height = 900, ColorScheme colors = ColorScheme.Light, bool scripts = true)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Target.Address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = colors,
            JavaScriptEnabled = scripts,
            // The browser doesn't know the authority that the host trusts.
            IgnoreHTTPSErrors = true,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var window = new AdminWindow(context, await context.NewPageAsync(), isOwnHost: _host is not null);
        await window.SignInAsync(Target);

        return window;
    }

    private async Task<HostUnderTest> StartHostAsync()
    {
        Cloud = await FakeMicrosoftCloud.StartAsync(_authority!.Issue("cloud", "localhost"));
        _host = await HostProcess.StartAsync(
            "Horilla.Host",
            _folder.CreateSubfolder("data"),
            _authority.CertificateFile,
            [("OrchardCore__OrchardCore_AutoSetup__Tenants__0__SiteName", "Acme Ltd"), .. Cloud.HostSettings()]);
        Cloud.Entra.RedirectUris[$"{_host.Address}OutgoingMail/Outlook/Callback"] = true;

        return new HostUnderTest(_host.Address, HostProcess.Administrator, HostProcess.Password);
    }
}
