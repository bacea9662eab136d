using System.Data.Common;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>
/// A running host with users of few permissions, and Exim. All tests of the collection share it, and make what they need.
/// The variable HORILLA_TEST_DATABASE says which database the host has: SQLite, or "Postgres".
/// </summary>
public sealed class Site : IAsyncLifetime
{
    public const string Password = "Password-1";

    private TestAuthority? _untrusted;
    private PostgreSqlServer? _postgreSql;
    private string _connectionString = "";

    public TemporaryFolder Folder { get; } = new();

    public TestAuthority Trusted { get; private set; } = null!;

    public TestAuthority Untrusted => _untrusted ??= new TestAuthority(Folder.Path, "Foreign Authority");

    public EximServer Exim { get; private set; } = null!;

    /// <summary>Microsoft Entra and Microsoft Graph.</summary>
    public MicrosoftStandIn Cloud { get; private set; } = null!;

    /// <summary>One of an authority that the host does not trust.</summary>
    public MicrosoftStandIn UntrustedCloud { get; private set; } = null!;

    public HostProcess Host { get; private set; } = null!;

    public StoredDocuments Documents { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Trusted = new TestAuthority(Folder.Path, "Test Authority");
        Exim = await EximServer.StartAsync(Folder, Trusted.Issue("exim", "localhost"));
        Cloud = await MicrosoftStandIn.StartAsync(Trusted.Issue("cloud", "localhost"));
        UntrustedCloud = await MicrosoftStandIn.StartAsync(Untrusted.Issue("untrusted-cloud", "localhost"));
        Host = await HostProcess.StartAsync("tests/Horilla.TestHost", Folder.Sub("data"), Trusted.CertificateFile, [
            ("LC_ALL", "de_DE.UTF-8"),
            HealthTests.WithDetails,
            .. Cloud.HostSettings(),
            .. await DatabaseAsync(),
            ("OrchardCore__Horilla_OutgoingMail_Outlook__AuthorityHosts__8", UntrustedCloud.Address.Authority),
            ("OrchardCore__Horilla_OutgoingMail_Outlook__GraphHosts__8", UntrustedCloud.Address.Authority),
        ]);
        Cloud.Entra.RedirectUris[$"{Host.Address}OutgoingMail/Outlook/Callback"] = true;
        UntrustedCloud.Entra.RedirectUris[$"{Host.Address}OutgoingMail/Outlook/Callback"] = true;
        Documents = new StoredDocuments(Connect);
        using var browser = await AdminAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Cloud.DisposeAsync();
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

    public Task<WebBrowser> AdminAsync() => SignedInAsync(HostProcess.Administrator, HostProcess.Password);

    /// <summary>A browser in which the user with the permissions of this role is signed in.</summary>
    public Task<WebBrowser> AsAsync(string role) => SignedInAsync(role, Password);

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

    private DbConnection Connect() => _postgreSql is null ? new SqliteConnection($"Data Source={Host.Database}") : new NpgsqlConnection(_connectionString);

    private async Task<WebBrowser> SignedInAsync(string userName, string password)
    {
        var browser = Visitor();
        await browser.SignInAsync(userName, password);

        return browser;
    }
}
