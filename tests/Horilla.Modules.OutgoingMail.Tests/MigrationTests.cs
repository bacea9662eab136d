using Dapper;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The first request upgrades a site with an older version of the module.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task Servers_of_version_1_can_be_chosen_by_their_user_name()
    {
        await using var site = await UpgradedAsync(
            "Configurations.ConfigurationMigrations",
            "3",
            """
            UPDATE OutgoingMailConfigurationIndex SET SearchText = Username;
            DROP INDEX IDX_OutgoingMailConfigurationIndex_Username;
            DROP INDEX IDX_OutgoingMailConfigurationIndex_FromDomain;
            ALTER TABLE OutgoingMailConfigurationIndex DROP COLUMN Username;
            ALTER TABLE OutgoingMailConfigurationIndex DROP COLUMN FromDomain;
            """);

        Assert.Equal(site.ServerId, (string?)(await SendServiceClient.SendAsync(site.Admin, ("username", "OLD@acme.example")))["configurationId"]);
        Assert.Single((await site.Admin.GetAsync($"{MailServerPages.List}?search=starttls")).TextsOf("tbody tr"));
    }

    [Fact]
    public async Task Outlook_servers_of_version_1_that_nobody_signed_in_for_require_a_sign_in()
    {
        await using var site = await UpgradedAsync(
            "Outlook.OutlookMigrations",
            "2",
            """
            DELETE FROM SignInRequirementIndex;
            DELETE FROM Document WHERE Type LIKE '%SignInRequirement%';
            """);
        await site.Admin.GetAsync(MailServerPages.List);

        Assert.Equal(["Outlook"], (await site.Admin.GetAsync($"{MailServerPages.List}?status=signinrequired")).TextsOf("tbody .om-type-badge"));
    }

    [Fact]
    public async Task Failures_of_version_1_are_reported_by_health_checks()
    {
        await using var site = await UpgradedAsync(
            "Sending.LastDeliveryMigrations",
            "3",
            """
            DROP INDEX IDX_LastDeliveryIndex_Status;
            ALTER TABLE LastDeliveryIndex DROP COLUMN Status;
            """);
        await site.Admin.GetAsync(MailServerPages.List);

        Assert.Contains("One mail server is failing.", (await site.Admin.GetAsync("/health/live")).Text, StringComparison.Ordinal);
    }

    /// <summary>Returns a site with a server whose last message failed. It had version 1 until its host was restarted.</summary>
    /// <param name="migration">The class of the migration to undo, relative to the module's namespace.</param>
    /// <param name="latest">Its latest version.</param>
    /// <param name="undo">The SQL that undoes its second step.</param>
    private static async Task<UpgradedSite> UpgradedAsync(string migration, string latest, string undo)
    {
        var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");
        string id;

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", data))
        {
            using var admin = new WebBrowser(host.Address);
            await admin.GetAsync("/Admin");
            await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
            id = await MailServerPages.CreateAsync(admin, ("Username", "old@acme.example"), ("Port", "1"));
            await SendServiceClient.SendAsync(admin, ("configurationId", id));
            await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(new()
            {
                [MailServerPages.Field("ClientId")] = FakeMicrosoftCloud.ClientId,
                [MailServerPages.Field("ClientSecret")] = FakeMicrosoftCloud.ClientSecret,
                [MailServerPages.Field("TenantId")] = FakeMicrosoftCloud.TenantDomain,
                [MailServerPages.Field("Username")] = "new@acme.example",
                [MailServerPages.Field("DisplayName")] = "Acme",
            });
            await host.StopAsync();
            await DowngradeAsync(host.Database, migration, latest, undo);
        }

        var newer = await HostProcess.StartAsync("tests/Horilla.TestHost", data, trustedAuthority: null, HealthTests.WithDetails);
        var again = new WebBrowser(newer.Address);
        await again.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return new UpgradedSite(folder, newer, again, id);
    }

    private static async Task DowngradeAsync(string database, string migration, string latest, string undo)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.ExecuteAsync(undo);
        var version = $"\"DataMigrationClass\":\"Horilla.Modules.OutgoingMail.{migration}\",\"Version\":";
        var changed = await connection.ExecuteAsync(
            "UPDATE Document SET Content = replace(Content, @now, @before) WHERE instr(Content, @now) > 0",
            new { now = version + latest, before = version + "1" });
        Assert.Equal(1, changed);
    }

    private sealed record UpgradedSite(TemporaryFolder Folder, HostProcess Host, WebBrowser Admin, string ServerId) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Admin.Dispose();
            await Host.DisposeAsync();
            Folder.Dispose();
        }
    }
}
