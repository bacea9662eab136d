using System.Globalization;
using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Samples.Tests;

/// <summary>The host with the samples enabled, and a mail server that the tenant sends through.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    public const string Page = "/Admin/ContactUs";
    public const string ContactUs = "Horilla.Samples.ContactUs";
    public const string PickupFolder = "Horilla.Samples.PickupFolder";

    private readonly TemporaryFolder _folder = new();
    private TestCertificateAuthority? _authority;
    private HostProcess? _host;

    public EximServer Exim { get; private set; } = null!;

    public Uri Address => _host!.Address;

    /// <summary>The App_Data folder of the host.</summary>
    public string Data => _host!.Data;

    public async ValueTask InitializeAsync()
    {
        _authority = new TestCertificateAuthority(_folder.Path, "Test Authority");
        Exim = await EximServer.StartAsync(_folder, _authority.Issue("exim", "localhost"));
        _host = await HostProcess.StartAsync("Horilla.Host", _folder.CreateSubfolder("data"), _authority.CertificateFile);
        using var browser = new WebBrowser(Address);
        await browser.GetAsync("/Admin");
        using var admin = await SignInAsAdminAsync();
        await SetFeatureStateAsync(admin, "Enable");
        await SetFeatureStateAsync(admin, "Enable", feature: PickupFolder);
        await UseServerAsync(admin, Exim.StartTlsPort);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await Exim.DisposeAsync();
        _authority?.Dispose();
        _folder.Dispose();
    }

    public async Task<WebBrowser> SignInAsAdminAsync()
    {
        var browser = new WebBrowser(Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return browser;
    }

    /// <summary>Enables or disables a sample in a tenant.</summary>
    public static async Task SetFeatureStateAsync(WebBrowser admin, string action, string prefix = "", string feature = ContactUs)
    {
        var page = await admin.GetAsync($"{prefix}/Admin/Features?search=sample");
        await page.SubmitAsync(form: "main form#ta-change", action: $"{prefix}/Admin/Features/{feature}/{action}");
    }

    /// <summary>Creates a primary mail server on a port, through which the tenant then sends.</summary>
    public static async Task UseServerAsync(WebBrowser admin, int port, bool isPlain = false)
    {
        const string field = "OutgoingMailConfiguration.";
        var saved = await (await admin.GetAsync("/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            [field + "Host"] = "localhost",
            [field + "Port"] = port.ToString(CultureInfo.InvariantCulture),
            [field + "Username"] = EximServer.UserName,
            [field + "Password"] = isPlain ? "" : EximServer.Password,
            [field + "UseTls"] = isPlain ? "false" : "true",
            [field + "NeedsNoSignIn"] = isPlain ? "true" : null,
            [field + "DefaultFrom"] = EximServer.UserName,
            [field + "DisplayName"] = "Acme",
            [field + "IsPrimary"] = "true",
        });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
    }
}
