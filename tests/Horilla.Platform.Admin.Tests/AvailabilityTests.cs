using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>A tenant's failure doesn't affect other tenants, and reloads and shutdowns don't interrupt requests.</summary>
public sealed class AvailabilityTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    [Fact]
    public async Task A_tenant_returns_503_while_its_database_is_down_and_recovers_with_it()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name, TenantPages.Postgres(await server.CreateDatabaseAsync()));
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).Status);

        // The shell exists, but its database is down.
        await server.StopAsync();
        await IsUnavailableAsync(boss, name);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        await server.ResumeAsync();
        await ComesBackAsync(boss, name);

        // Now the shell can't be built either.
        await server.StopAsync();
        await TenantPages.PressAsync(admin, "Reload", name);
        await IsUnavailableAsync(boss, name);
        await IsUnavailableAsync(boss, name);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        await running.Host.WaitForLogAsync($"The tenant '{name}' can't be opened. A later request tries again.");
        await server.ResumeAsync();
        await ComesBackAsync(boss, name);
    }

    [Fact]
    public async Task A_tenant_whose_database_file_is_missing_does_not_start_empty()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name);
        await TenantPages.PressAsync(admin, "Disable", name);
        var file = Path.Combine(running.Data, "Sites", name, "OrchardCore.db");
        File.Move(file, file + ".elsewhere");
        await TenantPages.PressAsync(admin, "Enable", name);
        await IsUnavailableAsync(boss, name);
        Assert.False(File.Exists(file));

        // An empty database in its place isn't accepted either.
        await File.WriteAllBytesAsync(file, []);
        await TenantPages.PressAsync(admin, "Reload", name);
        await IsUnavailableAsync(boss, name);

        File.Move(file + ".elsewhere", file, overwrite: true);
        await TenantPages.PressAsync(admin, "Reload", name);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task Reloads_lose_no_request()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            using var visitor = running.AnonymousBrowser();
            var answers = new List<HttpStatusCode>();

            while (!stop.IsCancellationRequested)
            {
                // Half of them are signed in, and half are redirected to the sign-in page.
                answers.Add((await (number % 2 == 0 ? boss : visitor).GetAsync($"/{name}/Admin/OutgoingMail")).Status);
            }

            return answers;
        })).ToArray();

        for (var reload = 0; reload < 20; reload++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await TenantPages.PressAsync(admin, "Reload", name)).Status);
        }

        await stop.CancelAsync();
        var all = await Task.WhenAll(clients);
        Assert.All(all, answers => Assert.NotEmpty(answers));
        Assert.All(all.Index(), client => Assert.All(client.Item, status => Assert.Equal(client.Index % 2 == 0 ? HttpStatusCode.OK : HttpStatusCode.Redirect, status)));
    }

    [Fact]
    public async Task A_hundred_tenants_list_their_own_mail_servers()
    {
        using var admin = await running.SignInAsAdminAsync();
        string[] names = [.. Enumerable.Range(0, 100).Select(_ => TenantPages.UniqueName())];
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (name, _) =>
        {
            using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name);
            var id = await MailServerPages.AddAsync(boss, $"/{name}", $"{name}@acme.example");
            Assert.NotEmpty(id);
        });

        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (name, _) =>
        {
            using var boss = running.AnonymousBrowser();
            await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + name);
            var rows = (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).TextsOf("tbody tr");
            Assert.Contains($"{name}@acme.example", Assert.Single(rows), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_shutdown_waits_for_a_message_that_is_being_sent()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificateAuthority(folder.Path, "Test Authority");
        var gate = folder.PathOf("gate");
        await using var server = await AioSmtpServer.StartAsync(folder, "clear", authority.Issue("slow", "localhost"), "--hold", gate);
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", folder.CreateSubfolder("data"), authority.CertificateFile);
        using var browser = new WebBrowser(host.Address);
        await browser.GetAsync("/Admin");
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var id = await MailServerPages.AddAsync(browser, "", "info@acme.example", server.Port);
        var sending = (await browser.GetAsync($"/Admin/OutgoingMail/Test/{id}")).SubmitAsync(new() { ["recipient"] = "reader@example.com" });
        await server.WaitForOutputAsync("holding");
        var stopped = host.StopAsync();
        await host.WaitForLogAsync("Application is shutting down...");
        await File.WriteAllTextAsync(gate, "open");

        Assert.Contains("Sent", (await sending).TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(server.ReceivedFolder, "*.eml"));
        Assert.Equal(0, await stopped);
    }

    private static async Task IsUnavailableAsync(WebBrowser browser, string tenant)
    {
        var page = await browser.GetAsync($"/{tenant}/Admin/OutgoingMail");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("This site is temporarily unavailable.", page.TextOf("p"), StringComparison.Ordinal);
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
