using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>While a server is spoken to, nothing of ours holds a connection to the database: of those a tenant has few.</summary>
public sealed class DatabaseConnectionTests
{
    private const int PoolSize = 10;

    [Fact]
    public async Task Messages_to_a_silent_server_leave_the_pages_their_connections()
    {
        using var folder = new TemporaryFolder();
        await using var database = await PostgreSqlServer.StartAsync();
        var connectionString = $"{await database.CreateDatabaseAsync()};Maximum Pool Size={PoolSize};Timeout=5";
        await using var host = await HostProcess.StartAsync(
            "tests/Horilla.TestHost",
            folder.Sub("data"),
            null,
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseProvider", "Postgres"),
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseConnectionString", connectionString));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        using var silent = new SilentServer();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(silent.Port)), ("TimeoutSeconds", "20"), ("MaxConnections", "50"));
        var page = await admin.GetAsync(Servers.Test(id));
        Task[] sending =
        [
            .. Enumerable.Range(0, PoolSize + 4).Select(_ => (Task)page.SubmitAsync(new() { ["recipient"] = "reader@example.com" })),
            .. Enumerable.Range(0, PoolSize + 4).Select(_ => (Task)Mails.SendAsync(admin, ("configurationId", id))),
        ];

        // A message of a module waits for the sign-in that is under way; the test messages are all at the server.
        for (var connected = 0; connected < PoolSize + 4; connected += silent.CountConnections())
        {
            await Task.Delay(50);
        }

        foreach (var url in (string[])[Servers.List, Servers.New, Servers.Edit(id)])
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(url)).Status);
        }

        Assert.DoesNotContain(sending, task => task.IsCompleted);
        await Task.WhenAll(sending);
    }
}
