using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>A running host with users of few permissions, and Exim. All tests of the collection share it, and make what they need.</summary>
public sealed class Site : IAsyncLifetime
{
    public const string Password = "Password-1";

    private TestAuthority? _untrusted;

    public TemporaryFolder Folder { get; } = new();

    public TestAuthority Trusted { get; private set; } = null!;

    public TestAuthority Untrusted => _untrusted ??= new TestAuthority(Folder.Path, "Foreign Authority");

    public EximServer Exim { get; private set; } = null!;

    public HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Trusted = new TestAuthority(Folder.Path, "Test Authority");
        Exim = await EximServer.StartAsync(Folder, Trusted.Issue("exim", "localhost"));
        Host = await HostProcess.StartAsync("tests/Horilla.TestHost", Folder.Sub("data"), Trusted.CertificateFile, ("LC_ALL", "de_DE.UTF-8"));
        using var browser = await AdminAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Exim.DisposeAsync();
        Trusted.Dispose();
        _untrusted?.Dispose();
        Folder.Dispose();
    }

    public WebBrowser Visitor() => new(Host.Address);

    public Task<WebBrowser> AdminAsync() => SignedInAsync(HostProcess.Administrator, HostProcess.Password);

    /// <summary>A browser in which the user with the permissions of this role is signed in.</summary>
    public Task<WebBrowser> AsAsync(string role) => SignedInAsync(role, Password);

    private async Task<WebBrowser> SignedInAsync(string userName, string password)
    {
        var browser = Visitor();
        await browser.SignInAsync(userName, password);

        return browser;
    }
}
