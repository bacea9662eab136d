using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>A host with the server types of another module.</summary>
public sealed class ServerTypeFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync("tests/Horilla.TestHost", _folder.CreateSubfolder("data"));
        using var browser = new WebBrowser(_host.Address);
        await browser.GetAsync("/Admin");
        using var admin = await SignInAsync();
        var page = await admin.GetAsync("/Admin/Features?search=server types");
        await page.SubmitAsync(form: "main form#ta-change", action: "/Admin/Features/Horilla.TestHost.ServerTypes/Enable");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    public async Task<WebBrowser> SignInAsync()
    {
        var browser = new WebBrowser(_host.Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return browser;
    }
}
