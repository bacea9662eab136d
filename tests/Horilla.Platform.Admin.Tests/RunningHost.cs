using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The test host as a process, shared by the tests of a class.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess _host = null!;

    public async Task InitializeAsync()
    {
        _host = await HostProcess.StartAsync("tests/Horilla.TestHost", _folder.Sub("data"));
        using var browser = Visitor();
        await browser.GetAsync("/Admin");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The folder App_Data.</summary>
    public string Data => _host.Data;

    public Uri Address => _host.Address;

    public HostProcess Host => _host;

    public WebBrowser Visitor(IPAddress? from = null) => new(_host.Address, from);

    public async Task<WebBrowser> AdminAsync()
    {
        var browser = Visitor();
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return browser;
    }

    /// <summary>A browser in which the user with the permissions of this role is signed in.</summary>
    public async Task<WebBrowser> AsAsync(string role)
    {
        var browser = Visitor();
        await browser.SignInAsync(role, "Password-1");

        return browser;
    }
}
