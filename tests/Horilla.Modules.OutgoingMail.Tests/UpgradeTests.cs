using Dapper;
using Horilla.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>A site of an older version of the module is brought up to date by its first request.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Servers_of_version_1_can_be_chosen_by_their_user_name()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Sub("data");
        string id;

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", data))
        {
            using var admin = new WebBrowser(host.Address);
            await admin.GetAsync("/Admin");
            await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
            id = await Servers.CreateAsync(admin, ("Username", "old@acme.example"), ("Port", "1"));
            await host.StopAsync();
            await SetBackAsync(host.Database);
        }

        await using var newer = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
        using var again = new WebBrowser(newer.Address);
        await again.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var answer = await again.PostAsync("/Horilla.TestHost/Send/Index", new Dictionary<string, string> { ["to"] = "reader@example.com", ["subject"] = "x", ["username"] = "OLD@acme.example" });

        Assert.Contains($"\"configurationId\":\"{id}\"", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Makes of the database what version 1 would have made.</summary>
    private static async Task SetBackAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.ExecuteAsync(
            """
            DROP INDEX IDX_OutgoingMailConfigurationIndex_Username;
            DROP INDEX IDX_OutgoingMailConfigurationIndex_FromDomain;
            ALTER TABLE OutgoingMailConfigurationIndex DROP COLUMN Username;
            ALTER TABLE OutgoingMailConfigurationIndex DROP COLUMN FromDomain;
            """);
        var changed = await connection.ExecuteAsync(
            """
            UPDATE Document SET Content = replace(Content,
                '"DataMigrationClass":"Horilla.Modules.OutgoingMail.Configurations.ConfigurationMigrations","Version":2',
                '"DataMigrationClass":"Horilla.Modules.OutgoingMail.Configurations.ConfigurationMigrations","Version":1')
            WHERE Content LIKE '%ConfigurationMigrations","Version":2%'
            """);
        Assert.Equal(1, changed);
    }
}
