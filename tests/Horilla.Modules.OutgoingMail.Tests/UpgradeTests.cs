using System.Text.Json.Nodes;
using Dapper;
using Horilla.Testing;
using Horilla.Testing.Cloud;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>
/// A site that an earlier commit (346ba65) has set up and used: two SMTP servers, of which one failed, and an Outlook server
/// with an account that is signed in and another sign-in that waits for its callback. Its database, keys and tenants file are
/// in the folder Upgrade.
/// </summary>
public sealed class UpgradeTests
{
    /// <summary>The port of the stand-in for Microsoft then. MSAL's token cache contains it, and is encrypted.</summary>
    private const int CloudPort = 28443;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task A_site_of_the_earlier_version_keeps_its_servers_secrets_and_sign_ins(string database)
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificateAuthority(folder.Path, "Test Authority");
        await using var exim = await EximServer.StartAsync(folder, authority.Issue("exim", "localhost"));
        await using var cloud = await FakeMicrosoftCloud.StartAsync(authority.Issue("cloud", "localhost"), CloudPort);
        await using var postgreSql = database == "Postgres" ? await PostgreSqlServer.StartAsync() : null;
        var data = folder.CreateSubfolder("data");
        await RestoreAsync(database, data, postgreSql);
        var facts = JsonNode.Parse(await File.ReadAllTextAsync(FileOf(database, "facts.json")))!;
        SeedAccount(facts["account"]!, cloud);
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", data, authority.CertificateFile, cloud.HostSettings());
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        var (mail, failing, outlook) = ((string)facts["mailServerId"]!, await MailServerPages.FindAsync(admin, "failing@acme.example"), await MailServerPages.FindAsync(admin, "sales@acme.example"));
        Assert.Single((await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr"), row => row.StartsWith(EximServer.UserName, StringComparison.Ordinal) && row.Contains("Primary", StringComparison.Ordinal));
        Assert.Contains("refused the connection", (await admin.GetAsync(MailServerPages.Diagnosis(failing))).TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.All((await admin.GetAsync(MailServerPages.Diagnosis(mail))).TextsOf("#om-result .om-step-passed"), step => Assert.NotEmpty(step));
        Assert.Equal(7, (await admin.GetAsync(MailServerPages.Diagnosis(mail))).TextsOf("#om-result .om-step-passed").Count);
        Assert.Contains("Signed in", await RowAsync(admin, "sales@acme.example"), StringComparison.Ordinal);

        // The stored password signs in to the mail server, which has another port now, and the stored tokens to Microsoft.
        await (await admin.GetAsync(MailServerPages.Edit(mail))).SubmitAsync(new() { [MailServerPages.Field("Port")] = MailServerPages.Invariant(exim.StartTlsPort) });
        Assert.StartsWith("Sent", (await MailServerPages.SendTestAsync(admin, mail)).TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.StartsWith("Sent", (await MailServerPages.SendTestAsync(admin, outlook)).TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal(["refresh_token"], cloud.Entra.Grants);
        Assert.Equal(mail, (string?)(await SendServiceClient.SendAsync(admin))["configurationId"]);

        // A new sign-in finds the documents of the earlier ones under their stored names, and deletes those that have expired.
        cloud.Entra.RedirectUris[$"{host.Address}OutgoingMail/Outlook/Callback"] = true;
        await (await admin.GetAsync(MailServerPages.Edit(outlook))).SubmitAsync(new() { [MailServerPages.Field("RedirectUri")] = $"{host.Address}OutgoingMail/Outlook/Callback" });
        var start = await OutlookServerPages.StartSignInAsync(admin, "sales@acme.example");
        var callback = await cloud.Entra.SignInAsync(start.AbsoluteUri, cloud.Users[0]);
        var signedIn = await (await OutlookServerPages.FollowCallbackAsync(admin, callback)).FollowAsync();
        Assert.Contains("is signed in for the mail server", Assert.Single(signedIn.Messages), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(database, host, postgreSql, "PendingSignIn"));
        Assert.Equal(1, await CountAsync(database, host, postgreSql, "OutlookSignIn"));
        Assert.Equal(3, await CountAsync(database, host, postgreSql, "OutgoingMailConfiguration"));
    }

    private static async Task<string> RowAsync(WebBrowser admin, string username)
        => Assert.Single((await admin.GetAsync($"{MailServerPages.List}?search={Uri.EscapeDataString(username)}")).TextsOf("tbody tr"));

    private static string FileOf(string database, string name) => Path.Combine(Repository.Root, "tests", "Horilla.Modules.OutgoingMail.Tests", "Upgrade", database, name);

    private static async Task RestoreAsync(string database, string data, PostgreSqlServer? postgreSql)
    {
        var tenants = JsonNode.Parse(await File.ReadAllTextAsync(FileOf(database, "tenants.json")))!;
        var site = Path.Combine(data, "Sites", "Default");
        var sql = await File.ReadAllTextAsync(FileOf(database, "database.sql"));
        Directory.CreateDirectory(Path.Combine(site, "DataProtection-Keys"));
        File.Copy(FileOf(database, "keys.xml"), Path.Combine(site, "DataProtection-Keys", "keys.xml"));

        if (postgreSql is null)
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(site, "OrchardCore.db")};Pooling=false");
            await connection.ExecuteAsync(sql);
        }
        else
        {
            var connection = await postgreSql.CreateDatabaseAsync();
            await PostgreSqlServer.ExecuteAsync(connection, sql);
            tenants["Default"]!["ConnectionString"] = connection;
        }

        await File.WriteAllTextAsync(Path.Combine(data, "tenants.json"), tenants.ToJsonString());
    }

    private static void SeedAccount(JsonNode account, FakeMicrosoftCloud cloud)
    {
        var user = cloud.AddUser("sales@acme.example", objectId: (string)account["objectId"]!);
        cloud.Entra.AddRefreshToken(user, (string)account["refreshToken"]!, ((string)account["scopes"]!).Split(' '));
    }

    private static async Task<int> CountAsync(string database, HostProcess host, PostgreSqlServer? postgreSql, string type)
    {
        var sql = $"SELECT COUNT(*) FROM \"Document\" WHERE \"Type\" LIKE '%.{type}, Horilla.Modules.OutgoingMail'";

        if (database == "Postgres")
        {
            return int.Parse(Assert.Single(await PostgreSqlServer.QueryAsync(postgreSql!.ConnectionString("db1"), sql)), System.Globalization.CultureInfo.InvariantCulture);
        }

        await using var connection = new SqliteConnection($"Data Source={host.Database};Pooling=false");

        return await connection.ExecuteScalarAsync<int>(sql);
    }
}
