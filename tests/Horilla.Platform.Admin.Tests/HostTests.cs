using System.Net;
using System.Text.RegularExpressions;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The host process: its first start, a restart, and how it handles damaged files.</summary>
public sealed partial class HostTests
{
    private const string NoPassword = "OrchardCore__OrchardCore_AutoSetup__Tenants__0__AdminPassword";

    [Fact]
    public async Task Every_start_prints_the_same_password_until_the_site_is_set_up_and_nothing_after_the_first_sign_in()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");
        string password;

        await using (var first = await HostProcess.StartAsync("Horilla.Host", data, settings: (NoPassword, "")))
        {
            await first.WaitForLogAsync($"{first.Address}Admin");
            password = PrintedPassword().Match(first.Log).Groups[1].Value;
            Assert.All(Directory.GetFiles(data, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(password, File.ReadAllText(file), StringComparison.Ordinal));
        }

        await using (var second = await HostProcess.StartAsync("Horilla.Host", data, settings: (NoPassword, "")))
        {
            using var visitor = new WebBrowser(second.Address);
            await second.WaitForLogAsync($"Password  {password}");

            // The first request sets up the site.
            Assert.Equal("/Login?ReturnUrl=%2FAdmin", (await visitor.GetAsync("/Admin")).Location);
        }

        await using (var third = await HostProcess.StartAsync("Horilla.Host", data, settings: (NoPassword, "")))
        {
            using var browser = new WebBrowser(third.Address);
            await third.WaitForLogAsync("Password  the one that the first start printed. To get a new one: reset-password admin");
            Assert.DoesNotContain(password, third.Log, StringComparison.Ordinal);
            await browser.SignInAsync("admin", password);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Admin")).Status);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
        }

        await using var last = await HostProcess.StartAsync("Horilla.Host", data, settings: (NoPassword, ""));
        using var other = new WebBrowser(last.Address);
        await other.SignInAsync("admin", password);
        Assert.DoesNotContain("Password  ", last.Log, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data, "FirstSignIn")));
    }

    [Fact]
    public async Task A_configured_password_is_named_but_not_printed()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"));

        await host.WaitForLogAsync("Password  the configured one (OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword)");
        Assert.DoesNotContain(HostProcess.Password, host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_explained_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var (exitCode, output) = await HostProcess.RunCommandAsync("Horilla.Host", folder.CreateSubfolder("data"), "--urls", address);

        Assert.Equal(1, exitCode);
        Assert.Contains($"Can't listen on {address}: another program uses the port. Stop it, or choose another port, for example: --urls http://localhost:8080", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_finds_its_files_wherever_it_is_started_from()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartInFolderAsync("Horilla.Host", folder.CreateSubfolder("data"), folder.CreateSubfolder("elsewhere"));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task Pages_are_small_over_the_network()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"));
        using var admin = new WebBrowser(host.Address);
        var page = await admin.GetAsync("/Login");
        var files = page.Document.QuerySelectorAll("link[rel=stylesheet], script[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).Prepend("/Login");
        var total = 0L;
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");

        foreach (var file in files)
        {
            using var response = await client.GetAsync(file);
            var content = await response.Content.ReadAsByteArrayAsync();
            total += content.Length;
            Assert.True(content.Length < 1_000 || response.Content.Headers.ContentEncoding.Count == 1, $"{file} isn't compressed.");
            Assert.True(file == "/Login" || response.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300), $"{file} isn't cached.");
        }

        Assert.InRange(total, 1_000, 60_000);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_list_of_50_servers_is_small_over_the_network(string encoding)
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var form = await admin.GetAsync("/Admin/OutgoingMail/Create/Mail");

        for (var number = 0; number < 50; number++)
        {
            var unique = Guid.NewGuid().ToString("N")[..8];
            await form.SubmitAsync(new()
            {
                ["configurationId"] = null,
                ["OutgoingMailConfiguration.Host"] = $"smtp.{unique}.example.com",
                ["OutgoingMailConfiguration.Username"] = $"department-{unique}@example.com",
                ["OutgoingMailConfiguration.Password"] = "secret",
                ["OutgoingMailConfiguration.DefaultFrom"] = "info@example.com",
                ["OutgoingMailConfiguration.DisplayName"] = $"Department {unique}",
            });
        }

        var (length, rows) = await admin.MeasureAsync("/Admin/OutgoingMail?pageSize=50", encoding);
        Assert.Equal(50, rows);
        Assert.InRange(length, 1_000, 15_000);
    }

    [Theory]
    [InlineData("Horilla", true)]
    [InlineData("HorillaBlank", false)]
    public async Task The_recipes_of_the_host_set_up_a_tenant_without_warnings(string recipe, bool hasMail)
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"), settings: ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__RecipeName", recipe));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        // The recipes also name features that only OrchardCore has.
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin")).Status);
        Assert.Equal(hasMail ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        Assert.DoesNotContain("\"LogLevel\":\"Warning\",\"Category\":\"Horilla.", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_password_gives_a_user_a_new_password_and_ends_the_sessions()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");
        await using var host = await HostProcess.StartAsync("Horilla.Host", data);
        using var before = new WebBrowser(host.Address);
        await before.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        var (exitCode, output) = await HostProcess.RunCommandAsync("Horilla.Host", data, "reset-password", HostProcess.Administrator);

        Assert.Equal(0, exitCode);
        var password = NewPassword().Match(output).Groups[1].Value;
        Assert.StartsWith("/Login", (await before.GetAsync("/Admin")).Location, StringComparison.Ordinal);
        using var after = new WebBrowser(host.Address);
        await Assert.ThrowsAsync<InvalidOperationException>(() => after.SignInAsync(HostProcess.Administrator, HostProcess.Password));
        await after.SignInAsync(HostProcess.Administrator, password);
        Assert.DoesNotContain(password, host.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The tenant 'Default' has no user 'nobody'.", "nobody")]
    [InlineData("There is no tenant 'acme'. The tenants are: Default.", "admin", "--tenant", "acme")]
    [InlineData("Usage: reset-password USER [--tenant NAME].", "admin", "acme")]
    [InlineData("Usage: reset-password USER [--tenant NAME].")]
    public async Task Reset_password_says_why_it_changed_nothing(string reason, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");

        await using (var host = await HostProcess.StartAsync("Horilla.Host", data))
        {
            using var browser = new WebBrowser(host.Address);
            await browser.GetAsync("/Admin");
        }

        var (exitCode, output) = await HostProcess.RunCommandAsync("Horilla.Host", data, ["reset-password", .. arguments]);

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setup_with_a_weak_password_logs_the_reason_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");

        await using (var host = await HostProcess.StartAsync("Horilla.Host", data, settings: (NoPassword, "weak")))
        {
            using var browser = new WebBrowser(host.Address);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/Admin")).Status);
            await host.WaitForLogAsync("Passwords must be at least 8 characters.");
        }

        await using var better = await HostProcess.StartAsync("Horilla.Host", data);
        using var admin = new WebBrowser(better.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
    }

    [Fact]
    public async Task A_setup_whose_result_cannot_be_saved_is_repeated_and_its_database_is_kept()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");
        var tenants = Path.Combine(data, "tenants.json");

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", data, settings: ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__RecipeName", "Unwritable")))
        {
            using var browser = new WebBrowser(host.Address);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/Admin")).Status);

            // The host checks the file every two seconds and keeps its tenants while the file is missing.
            await host.WaitForLogAsync("The tenants stay as they were");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/Admin")).Status);
        }

        Directory.Delete(tenants);
        File.Move(tenants + ".aside", tenants);
        await using var better = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
        using var admin = new WebBrowser(better.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(better.Database)!, "OrchardCore.db.2*"), file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_tenants_file_is_reported_and_left_unchanged()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");
        var file = Path.Combine(data, "tenants.json");
        await File.WriteAllTextAsync(file, "{\n  \"Default\": {\n    broken\n");

        var (exitCode, output) = await HostProcess.RunToExitAsync("Horilla.Host", data);
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"The tenants file '{file}' is damaged: line 3 isn't valid JSON.", output, StringComparison.Ordinal);
        Assert.StartsWith("{\n  \"Default\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenants_are_kept_while_their_file_is_missing()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");

        await using (var first = await HostProcess.StartAsync("Horilla.Host", data))
        {
            using var visitor = new WebBrowser(first.Address);
            await visitor.GetAsync("/Admin");
        }

        await using var host = await HostProcess.StartAsync("Horilla.Host", data);
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var file = Path.Combine(host.Data, "tenants.json");
        File.Move(file, file + ".aside");
        await host.WaitForLogAsync("no longer has the default tenant");

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        var rejected = await (await admin.GetAsync("/Admin/Tenants/Create")).SubmitAsync(new() { ["Name"] = "acme", ["RequestUrlPrefix"] = "acme", ["action"] = "create" });
        Assert.Equal(HttpStatusCode.OK, rejected.Status);
        Assert.False(File.Exists(file));

        File.Move(file + ".aside", file);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/Admin/Tenants")).Status);
    }

    [Fact]
    public async Task An_unknown_database_is_not_overwritten()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");

        await using (var host = await HostProcess.StartAsync("Horilla.Host", data))
        {
            using var browser = new WebBrowser(host.Address);
            await browser.GetAsync("/Admin");
        }

        File.Delete(Path.Combine(data, "tenants.json"));
        await using var again = await HostProcess.StartAsync("Horilla.Host", data);
        using var other = new WebBrowser(again.Address);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await other.GetAsync("/Admin")).Status);
        await again.WaitForLogAsync("Restore that file, or move the database away to start over.");
        Assert.True(new FileInfo(again.Database).Length > 0);
    }

    [GeneratedRegex(@"Password\s+(\S+)")]
    private static partial Regex PrintedPassword();

    [GeneratedRegex("The new password of 'admin' is: (\\S+)")]
    private static partial Regex NewPassword();
}
