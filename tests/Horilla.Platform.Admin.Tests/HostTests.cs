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
    public async Task The_first_start_prints_a_working_password_once()
    {
        using var folder = new TemporaryFolder();
        string password;

        await using (var host = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"), settings: (NoPassword, "")))
        {
            using var browser = new WebBrowser(host.Address);
            Assert.Equal("/Login?ReturnUrl=%2FAdmin", (await browser.GetAsync("/Admin")).Location);
            await host.WaitForLogAsync("Password  ");
            password = PrintedPassword().Match(host.Log).Groups[1].Value;
            await host.WaitForLogAsync($"{host.Address}Admin");
            await browser.SignInAsync("admin", password);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Admin")).Status);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
        }

        await using var again = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"), settings: (NoPassword, ""));
        using var other = new WebBrowser(again.Address);
        await other.SignInAsync("admin", password);
        Assert.DoesNotContain("Password  ", again.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(password, again.Log, StringComparison.Ordinal);
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
