using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>No database connection is held during the conversation with a mail server, because a tenant has only a few of them.</summary>
public sealed class DatabaseConnectionTests
{
    private const int PoolSize = 10;

    [Fact]
    public async Task Messages_to_a_silent_server_hold_no_database_connections()
    {
        using var folder = new TemporaryFolder();
        await using var database = await PostgreSqlServer.StartAsync();
        var connectionString = $"{await database.CreateDatabaseAsync()};Maximum Pool Size={PoolSize};Timeout=5";
        await using var host = await HostProcess.StartAsync(
            "tests/Horilla.TestHost",
            folder.CreateSubfolder("data"),
            null,
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseProvider", "Postgres"),
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseConnectionString", connectionString));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        using var silent = new SilentServer();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(silent.Port)), ("TimeoutSeconds", "20"), ("MaxConnections", "50"));
        var page = await admin.GetAsync(MailServerPages.Test(id));
        Task[] sending =
        [
            .. Enumerable.Range(0, PoolSize + 4).Select(_ => (Task)page.SubmitAsync(new() { ["recipient"] = "reader@example.com" })),
            .. Enumerable.Range(0, PoolSize + 4).Select(_ => (Task)SendServiceClient.SendAsync(admin, ("configurationId", id))),
        ];

        // Messages of modules wait for the sign-in that is in progress. The test messages have all connected to the server.
        for (var connected = 0; connected < PoolSize + 4; connected += silent.AcceptPendingConnections())
        {
            await Task.Delay(50);
        }

        foreach (var url in (string[])[MailServerPages.List, MailServerPages.New, MailServerPages.Edit(id)])
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(url)).Status);
        }

        Assert.DoesNotContain(sending, task => task.IsCompleted);
        await Task.WhenAll(sending);
    }
}
