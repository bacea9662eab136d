using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The test host process, shared by the tests of a class.</summary>
public sealed class TestHostFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync("tests/Horilla.TestHost", _folder.CreateSubfolder("data"));
        using var browser = AnonymousBrowser();
        await browser.GetAsync("/Admin");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The App_Data folder.</summary>
    public string Data => _host.Data;

    public Uri Address => _host.Address;

    public HostProcess Host => _host;

    public WebBrowser AnonymousBrowser(IPAddress? from = null) => new(_host.Address, from);

    public async Task<WebBrowser> SignInAsAdminAsync()
    {
        var browser = AnonymousBrowser();
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return browser;
    }

    /// <summary>Returns a browser in which the user of a role is signed in.</summary>
    public async Task<WebBrowser> SignInAsync(string role)
    {
        var browser = AnonymousBrowser();
        await browser.SignInAsync(role, "Password-1");

        return browser;
    }
}
