using System.Data.Common;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>
/// A running host with restricted users, and Exim. All tests of the collection share it and create what they need.
/// The variable HORILLA_TEST_DATABASE sets the database of the host: "Postgres", or SQLite for any other value.
/// </summary>
public sealed class SiteFixture : IAsyncLifetime
{
    public const string Password = "Password-1";

    private TestCertificateAuthority? _untrusted;
    private PostgreSqlServer? _postgreSql;
    private string _connectionString = "";

    public TemporaryFolder Folder { get; } = new();

    public TestCertificateAuthority Trusted { get; private set; } = null!;

    public TestCertificateAuthority Untrusted => _untrusted ??= new TestCertificateAuthority(Folder.Path, "Foreign Authority");

    public EximServer Exim { get; private set; } = null!;

    /// <summary>The stand-in for Microsoft Entra and Microsoft Graph.</summary>
    public FakeMicrosoftCloud FakeMicrosoft { get; private set; } = null!;

    /// <summary>A stand-in with a certificate that the host doesn't trust.</summary>
    public FakeMicrosoftCloud UntrustedCloud { get; private set; } = null!;

    public HostProcess Host { get; private set; } = null!;

    public StoredDocuments Documents { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Trusted = new TestCertificateAuthority(Folder.Path, "Test Authority");
        Exim = await EximServer.StartAsync(Folder, Trusted.Issue("exim", "localhost"));
        FakeMicrosoft = await FakeMicrosoftCloud.StartAsync(Trusted.Issue("cloud", "localhost"));
        UntrustedCloud = await FakeMicrosoftCloud.StartAsync(Untrusted.Issue("untrusted-cloud", "localhost"));
        Host = await HostProcess.StartAsync("tests/Horilla.TestHost", Folder.CreateSubfolder("data"), Trusted.CertificateFile, [
            ("LC_ALL", "de_DE.UTF-8"),
            HealthTests.WithDetails,
            .. FakeMicrosoft.HostSettings(),
            .. await DatabaseAsync(),
            ("OrchardCore__Horilla_OutgoingMail_Outlook__AuthorityHosts__8", UntrustedCloud.Address.Authority),
            ("OrchardCore__Horilla_OutgoingMail_Outlook__GraphHosts__8", UntrustedCloud.Address.Authority),
        ]);
        FakeMicrosoft.Entra.RedirectUris[$"{Host.Address}OutgoingMail/Outlook/Callback"] = true;
        UntrustedCloud.Entra.RedirectUris[$"{Host.Address}OutgoingMail/Outlook/Callback"] = true;
        Documents = new StoredDocuments(Connect);
        using var browser = await SignInAsAdminAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await FakeMicrosoft.DisposeAsync();
        await UntrustedCloud.DisposeAsync();
        await Exim.DisposeAsync();

        if (_postgreSql is not null)
        {
            await _postgreSql.DisposeAsync();
        }

        Trusted.Dispose();
        _untrusted?.Dispose();
        Folder.Dispose();
    }

    public WebBrowser Visitor() => new(Host.Address);

    public Task<WebBrowser> SignInAsAdminAsync() => SignedInAsync(HostProcess.Administrator, HostProcess.Password);

    /// <summary>Returns a browser in which the user of a role is signed in.</summary>
    public Task<WebBrowser> SignInAsync(string role) => SignedInAsync(role, Password);

    private async Task<(string Name, string Value)[]> DatabaseAsync()
    {
        const string tenant = "OrchardCore__OrchardCore_AutoSetup__Tenants__0__";

        if (Environment.GetEnvironmentVariable("HORILLA_TEST_DATABASE") != "Postgres")
        {
            return [];
        }

        _postgreSql = await PostgreSqlServer.StartAsync();
        _connectionString = await _postgreSql.CreateDatabaseAsync();

        return [($"{tenant}DatabaseProvider", "Postgres"), ($"{tenant}DatabaseConnectionString", _connectionString)];
    }

    /// <summary>
    /// Creates a connection that isn't pooled. Tests also read the database file as bytes, and closing a file releases all locks
    /// of this process on it. SQLite in the host may then replace its write-ahead log, and an open connection here never sees the new one.
    /// </summary>
    private DbConnection Connect() => _postgreSql is null ? new SqliteConnection($"Data Source={Host.Database};Pooling=false") : new NpgsqlConnection(_connectionString);

    private async Task<WebBrowser> SignedInAsync(string userName, string password)
    {
        var browser = Visitor();
        await browser.SignInAsync(userName, password);

        return browser;
    }
}
