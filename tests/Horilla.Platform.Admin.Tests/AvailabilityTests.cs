using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>What a tenant's trouble does to itself, and not to the others; and what reloads and a shutdown do to nobody.</summary>
public sealed class AvailabilityTests(RunningHost running) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_tenant_whose_database_is_down_answers_503_and_is_back_when_that_is()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        using var admin = await running.AdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.RunAsync(admin, running.Address, name, TenantPages.Postgres(await server.CreateDatabaseAsync()));
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).Status);

        // The shell is there, and its database is not.
        await server.StopAsync();
        await IsUnavailableAsync(boss, name);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        await server.ResumeAsync();
        await ComesBackAsync(boss, name);

        // Not even the shell can be built.
        await server.StopAsync();
        await TenantPages.DoAsync(admin, "Reload", name);
        await IsUnavailableAsync(boss, name);
        await IsUnavailableAsync(boss, name);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        await running.Host.LogsAsync($"The tenant '{name}' cannot be opened. It is tried again.");
        await server.ResumeAsync();
        await ComesBackAsync(boss, name);
    }

    [Fact]
    public async Task A_tenant_whose_file_is_gone_does_not_come_up_empty()
    {
        using var admin = await running.AdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.RunAsync(admin, running.Address, name);
        await TenantPages.DoAsync(admin, "Disable", name);
        var file = Path.Combine(running.Data, "Sites", name, "OrchardCore.db");
        File.Move(file, file + ".elsewhere");
        await TenantPages.DoAsync(admin, "Enable", name);
        await IsUnavailableAsync(boss, name);
        Assert.False(File.Exists(file));

        // An empty database in its place is not the tenant's either.
        await File.WriteAllBytesAsync(file, []);
        await TenantPages.DoAsync(admin, "Reload", name);
        await IsUnavailableAsync(boss, name);

        File.Move(file + ".elsewhere", file, overwrite: true);
        await TenantPages.DoAsync(admin, "Reload", name);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task Reloads_lose_no_request()
    {
        using var admin = await running.AdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.RunAsync(admin, running.Address, name);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            using var visitor = running.Visitor();
            var answers = new List<HttpStatusCode>();

            while (!stop.IsCancellationRequested)
            {
                // Half of them are signed in, and half are led to the sign-in.
                answers.Add((await (number % 2 == 0 ? boss : visitor).GetAsync($"/{name}/Admin/OutgoingMail")).Status);
            }

            return answers;
        })).ToArray();

        for (var reload = 0; reload < 20; reload++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await TenantPages.DoAsync(admin, "Reload", name)).Status);
        }

        await stop.CancelAsync();
        var all = await Task.WhenAll(clients);
        Assert.All(all, answers => Assert.NotEmpty(answers));
        Assert.All(all.Index(), client => Assert.All(client.Item, status => Assert.Equal(client.Index % 2 == 0 ? HttpStatusCode.OK : HttpStatusCode.Redirect, status)));
    }

    [Fact]
    public async Task A_hundred_tenants_serve_their_lists()
    {
        using var admin = await running.AdminAsync();
        string[] names = [.. Enumerable.Range(0, 100).Select(_ => TenantPages.UniqueName())];
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (name, _) =>
        {
            using var boss = await TenantPages.RunAsync(admin, running.Address, name);
            var id = await MailServers.AddAsync(boss, $"/{name}", $"{name}@acme.example");
            Assert.NotEmpty(id);
        });

        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (name, _) =>
        {
            using var boss = running.Visitor();
            await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + name);
            var rows = (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).All("tbody tr");
            Assert.Contains($"{name}@acme.example", Assert.Single(rows), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_shutdown_lets_a_mail_that_is_on_its_way_arrive()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority(folder.Path, "Test Authority");
        var gate = folder.File("gate");
        await using var server = await AioSmtpServer.StartAsync(folder, "clear", authority.Issue("slow", "localhost"), "--hold", gate);
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", folder.Sub("data"), authority.CertificateFile);
        using var browser = new WebBrowser(host.Address);
        await browser.GetAsync("/Admin");
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var id = await MailServers.AddAsync(browser, "", "info@acme.example", server.Port);
        var sending = (await browser.GetAsync($"/Admin/OutgoingMail/Test/{id}")).SubmitAsync(new() { ["recipient"] = "reader@example.com" });
        await server.WritesAsync("holding");
        var stopped = host.StopAsync();
        await host.LogsAsync("Application is shutting down...");
        await File.WriteAllTextAsync(gate, "open");

        Assert.Contains("Sent", (await sending).One("#om-result h2"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(server.Outbox, "*.eml"));
        Assert.Equal(0, await stopped);
    }

    private static async Task IsUnavailableAsync(WebBrowser browser, string tenant)
    {
        var page = await browser.GetAsync($"/{tenant}/Admin/OutgoingMail");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("This site is not available at the moment.", page.One("p"), StringComparison.Ordinal);
    }

    private static async Task ComesBackAsync(WebBrowser browser, string tenant)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while ((await browser.GetAsync($"/{tenant}/Admin/OutgoingMail")).Status != HttpStatusCode.OK)
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
