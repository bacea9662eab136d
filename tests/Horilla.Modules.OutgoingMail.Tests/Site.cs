using Dapper;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.Data.Sqlite;
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

    /// <summary>Microsoft Entra and Microsoft Graph.</summary>
    public MicrosoftStandIn Cloud { get; private set; } = null!;

    /// <summary>One of an authority that the host does not trust.</summary>
    public MicrosoftStandIn UntrustedCloud { get; private set; } = null!;

    public HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Trusted = new TestAuthority(Folder.Path, "Test Authority");
        Exim = await EximServer.StartAsync(Folder, Trusted.Issue("exim", "localhost"));
        Cloud = await MicrosoftStandIn.StartAsync(Trusted.Issue("cloud", "localhost"));
        UntrustedCloud = await MicrosoftStandIn.StartAsync(Untrusted.Issue("untrusted-cloud", "localhost"));
        Host = await HostProcess.StartAsync("tests/Horilla.TestHost", Folder.Sub("data"), Trusted.CertificateFile, [
            ("LC_ALL", "de_DE.UTF-8"),
            .. Cloud.HostSettings(),
            ("OrchardCore__Horilla_OutgoingMail_Outlook__AuthorityHosts__8", UntrustedCloud.Address.Authority),
            ("OrchardCore__Horilla_OutgoingMail_Outlook__GraphHosts__8", UntrustedCloud.Address.Authority),
        ]);
        Cloud.Entra.RedirectUris[$"{Host.Address}OutgoingMail/Outlook/Callback"] = true;
        UntrustedCloud.Entra.RedirectUris[$"{Host.Address}OutgoingMail/Outlook/Callback"] = true;
        using var browser = await AdminAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Cloud.DisposeAsync();
        await UntrustedCloud.DisposeAsync();
        await Exim.DisposeAsync();
        Trusted.Dispose();
        _untrusted?.Dispose();
        Folder.Dispose();
    }

    public WebBrowser Visitor() => new(Host.Address);

    public Task<WebBrowser> AdminAsync() => SignedInAsync(HostProcess.Administrator, HostProcess.Password);

    /// <summary>A browser in which the user with the permissions of this role is signed in.</summary>
    public Task<WebBrowser> AsAsync(string role) => SignedInAsync(role, Password);

    /// <summary>Changes a value in what is stored of a kind for a configuration, as time does.</summary>
    public async Task ChangeDocumentAsync(string type, string configurationId, string path, string value)
    {
        await using var connection = new SqliteConnection($"Data Source={Host.Database}");
        var changed = await connection.ExecuteAsync(
            "UPDATE Document SET Content = json_set(Content, @path, @value) WHERE Type LIKE @type AND json_extract(Content, '$.ConfigurationId') = @configurationId",
            new { path, value, type = $"%.{type},%", configurationId });

        Assert.Equal(1, changed);
    }

    /// <summary>A value in what is stored of a kind for a configuration.</summary>
    public async Task<string> ReadDocumentAsync(string type, string configurationId, string path)
    {
        await using var connection = new SqliteConnection($"Data Source={Host.Database}");

        return await connection.ExecuteScalarAsync<string>(
            "SELECT json_extract(Content, @path) FROM Document WHERE Type LIKE @type AND json_extract(Content, '$.ConfigurationId') = @configurationId",
            new { path, type = $"%.{type},%", configurationId }) ?? "";
    }

    /// <summary>How many of a kind are stored for a configuration.</summary>
    public async Task<int> CountDocumentsAsync(string type, string configurationId)
    {
        await using var connection = new SqliteConnection($"Data Source={Host.Database}");

        return await connection.ExecuteScalarAsync<int>(
            "SELECT COUNT(*) FROM Document WHERE Type LIKE @type AND json_extract(Content, '$.ConfigurationId') = @configurationId",
            new { type = $"%.{type},%", configurationId });
    }

    private async Task<WebBrowser> SignedInAsync(string userName, string password)
    {
        var browser = Visitor();
        await browser.SignInAsync(userName, password);

        return browser;
    }
}
