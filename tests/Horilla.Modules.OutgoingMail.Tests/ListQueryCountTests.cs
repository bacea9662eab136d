using System.Globalization;
using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>A page of the list takes as many database statements with many servers as with a few.</summary>
public sealed class ListQueryCountTests
{
    [Theory]
    [InlineData("/Admin/OutgoingMail?pageSize=10")]
    [InlineData("/Admin/OutgoingMail?search=acme.example&pageSize=10")]
    [InlineData("/Admin/OutgoingMail?sort=type&desc=true&pageSize=10&pagenum=2")]
    public async Task The_number_of_statements_does_not_grow_with_the_number_of_servers(string url)
    {
        using var folder = new TemporaryFolder();
        await using var database = await PostgreSqlServer.StartAsync("log_statement=all");
        var connectionString = await database.CreateDatabaseAsync();
        await using var host = await HostProcess.StartAsync(
            "tests/Horilla.TestHost",
            folder.CreateSubfolder("data"),
            null,
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseProvider", "Postgres"),
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseConnectionString", connectionString));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        for (var number = 0; number < 20; number++)
        {
            await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form(("Username", MailServerPages.UniqueName())));
        }

        var few = await CountAsync();
        await MultiplyAsync(connectionString, 50);

        Assert.True(few > 3, $"Only {few} statements are in the log.");
        Assert.Equal(few, await CountAsync());
        Assert.Contains("1,000", (await admin.GetAsync("/Admin/OutgoingMail")).Text.Replace("1000", "1,000", StringComparison.Ordinal), StringComparison.Ordinal);

        async Task<int> CountAsync()
        {
            // The first request may fill caches.
            await admin.GetAsync(url);
            var before = Statements();
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(url)).Status);

            return Statements() - before;
        }

        int Statements() => database.Log.Split("LOG:  ").Count(entry => entry.StartsWith("execute", StringComparison.Ordinal) || entry.StartsWith("statement", StringComparison.Ordinal));
    }

    private static async Task MultiplyAsync(string connectionString, int times)
    {
        var columns = string.Join(", ", await PostgreSqlServer.QueryAsync(
            connectionString,
            "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = 'OutgoingMailConfigurationIndex' AND column_name NOT IN ('Id', 'DocumentId', 'ConfigurationId')"));
        var copies = (times - 1).ToString(CultureInfo.InvariantCulture);
        await PostgreSqlServer.ExecuteAsync(connectionString, $"""
            INSERT INTO "Document" ("Id", "Type", "Content", "Version")
                SELECT d."Id" + 1000000 * n, d."Type", d."Content", d."Version" FROM "Document" d, generate_series(1, {copies}) n WHERE d."Type" LIKE '%OutgoingMailConfiguration,%';
            INSERT INTO "OutgoingMailConfigurationIndex" ("DocumentId", "ConfigurationId", {columns})
                SELECT "DocumentId" + 1000000 * n, lpad((("DocumentId" + 1000000 * n))::text, 26, '0'), {columns} FROM "OutgoingMailConfigurationIndex", generate_series(1, {copies}) n;
            """);
    }
}
