using System.Diagnostics;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>A backup of a running host, made as docs/operations.md describes, works on another host. An interrupted setup loses no data.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PostgreSqlServer _postgreSql = null!;

    public async ValueTask InitializeAsync() => _postgreSql = await PostgreSqlServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _postgreSql.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_backup_of_a_running_host_works_elsewhere_and_its_secrets_can_be_read()
    {
        using var authority = new TestCertificateAuthority(_folder.Path, "Test Authority");
        await using var smtp = await AioSmtpServer.StartAsync(_folder, "clear", authority.Issue("smtp", "localhost"));
        var (source, copy) = (_folder.CreateSubfolder("source"), _folder.CreateSubfolder("copy"));
        var database = await _postgreSql.CreateDatabaseAsync();

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", source))
        {
            using var admin = await SignedInAsync(host);
            using var lite = await TenantPages.CreateRunningTenantAsync(admin, host.Address, "lite");
            using var pg = await TenantPages.CreateRunningTenantAsync(admin, host.Address, "pg", TenantPages.Postgres(database, "crm"));
            await MailServerPages.AddAsync(lite, "/lite", AioSmtpServer.UserName, smtp.Port);
            await MailServerPages.AddAsync(pg, "/pg", AioSmtpServer.UserName, smtp.Port);
            await BackUpAsync(source, copy, database);

            // Changes made after the backup aren't in it.
            await MailServerPages.AddAsync(lite, "/lite", "later@acme.example", smtp.Port);
        }

        var restored = await _postgreSql.CreateDatabaseAsync();
        await PostgreSqlServer.ExecuteAsync(restored, await File.ReadAllTextAsync(Path.Combine(copy, "pg.sql")));

        // As for another database server, the connection string is edited by hand.
        await ChangeAsync(copy, "pg", "ConnectionString", restored);

        await using var other = await HostProcess.StartAsync("tests/Horilla.TestHost", copy);

        foreach (var tenant in new[] { "lite", "pg" })
        {
            using var boss = new WebBrowser(other.Address);
            await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + tenant);
            var list = await boss.GetAsync($"/{tenant}/Admin/OutgoingMail");
            Assert.Contains(AioSmtpServer.UserName, Assert.Single(list.TextsOf("tbody tr")), StringComparison.Ordinal);
            var test = list.Document.QuerySelector("a[href*='/Admin/OutgoingMail/Test/']")!.GetAttribute("href")!;
            var sent = await (await boss.GetAsync(test)).SubmitAsync(new() { ["recipient"] = $"{tenant}@example.com" });
            Assert.Contains("Sent", sent.TextOf("#om-result h2"), StringComparison.Ordinal);
        }

        Assert.Equal(2, Directory.GetFiles(smtp.ReceivedFolder, "*.eml").Length);
    }

    [Fact]
    public async Task Leftovers_of_an_interrupted_setup_are_set_aside_and_removed_with_the_tenant()
    {
        var data = _folder.CreateSubfolder("broken-off");
        var database = await _postgreSql.CreateDatabaseAsync();

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", data))
        {
            using var admin = await SignedInAsync(host);
            using var pg = await TenantPages.CreateRunningTenantAsync(admin, host.Address, "pg", TenantPages.Postgres(database, "crm"));
            await host.StopAsync();
            await ChangeAsync(data, "pg", "State", "Initializing");
        }

        await using var again = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
        using var other = await SignedInAsync(again);
        Assert.Equal("Not set up", await TenantPages.GetStateAsync(other, "pg"));
        using var visitor = new WebBrowser(again.Address);
        Assert.Equal("/pg/", (await TenantPages.SetUpAsync(await TenantPages.PressAsync(other, "Setup", "pg"), visitor)).Location);
        Assert.Equal(2, (await PostgreSqlServer.QueryAsync(database, "SELECT schemaname FROM pg_tables WHERE tablename = 'crm_Document'")).Count);

        await TenantPages.PressAsync(other, "Disable", "pg");
        await (await other.GetAsync($"{TenantPages.List}/Remove/pg")).SubmitAsync(new() { ["Confirmation"] = "pg" });
        Assert.Empty(await PostgreSqlServer.QueryAsync(database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'aside%' UNION ALL SELECT tablename FROM pg_tables WHERE tablename LIKE 'crm%'"));
    }

    private static async Task<WebBrowser> SignedInAsync(HostProcess host)
    {
        var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return admin;
    }

    private static async Task BackUpAsync(string source, string copy, string database)
    {
        foreach (var file in Directory.GetFiles(source, "OrchardCore.db", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);

            // Does the same as the .backup command of sqlite3.
            await using var from = new SqliteConnection($"Data Source={file};Pooling=false");
            await using var to = new SqliteConnection($"Data Source={target};Pooling=false");
            await from.OpenAsync();
            await to.OpenAsync();
            from.BackupDatabase(to);
        }

        await File.WriteAllTextAsync(Path.Combine(copy, "pg.sql"), await DumpAsync(database));
        File.Copy(Path.Combine(source, "tenants.json"), Path.Combine(copy, "tenants.json"));

        foreach (var file in Directory.GetFiles(source, "*.xml", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<string> DumpAsync(string connectionString)
    {
        var options = new Npgsql.NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("pg_dump", ["-h", options.Host!, "-p", $"{options.Port}", "-U", options.Username!, "--inserts", "--no-owner", options.Database!]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["PGPASSWORD"] = options.Password;
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();

        // The commands of psql itself aren't SQL.
        return string.Join('\n', lines.Where(line => !line.StartsWith('\\')));
    }

    /// <summary>Changes a tenant's setting in tenants.json, while no host runs.</summary>
    private static async Task ChangeAsync(string data, string tenant, string key, string value)
    {
        var file = Path.Combine(data, "tenants.json");
        var tenants = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        tenants[tenant]![key] = value;
        await File.WriteAllTextAsync(file, tenants.ToJsonString());
    }
}
