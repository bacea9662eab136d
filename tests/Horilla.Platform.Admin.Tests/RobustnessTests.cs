using System.Net;
using System.Text;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Requests that no browser sends, and failures of the machine: they are reported and never cause a server error.</summary>
public sealed class RobustnessTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("application/x-www-form-urlencoded; charset=no-such-charset")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-32")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    public async Task A_form_in_an_unsupported_encoding_is_rejected(string contentType)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = running.Address };

        foreach (var url in (string[])["/Login", "/Admin/OutgoingMail/Create/Mail", "/Admin/Users/Create", "/Horilla.TestHost/Send/Index"])
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("a=+AGE-&b=c"));
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            using var answer = await client.PostAsync(url, content);
            Assert.InRange((int)answer.StatusCode, 300, 499);
        }
    }

    [Theory]
    [InlineData("/Admin/OutgoingMail?pagenum=2147483647")]
    [InlineData("/Admin/OutgoingMail?pagenum=-1&pageSize=-5")]
    [InlineData("/Admin/OutgoingMail?pageSize=2147483647")]
    [InlineData("/Admin/OutgoingMail?pagenum=2147483647&pageSize=2147483647")]
    [InlineData("/Admin/Users/Index?pagenum=2147483647")]
    [InlineData("/Admin/Users/Index?pageSize=2147483647&pagenum=2")]
    [InlineData("/Admin/Users/Index?pagenum=x&pageSize=y")]
    [InlineData("/Admin/Tenants?pagenum=2147483647&pageSize=2147483647")]
    public async Task A_page_number_out_of_range_is_handled(string url)
    {
        using var admin = await running.SignInAsAdminAsync();

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(url)).Status);
    }

    [Fact]
    public async Task A_form_with_too_many_fields_is_a_bad_request()
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await admin.PostAsync("/Admin/OutgoingMail/Create/Mail", Enumerable.Range(0, 3000).Select(number => KeyValuePair.Create($"field{number}", "x")));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Fact]
    public async Task The_page_size_of_users_is_limited()
    {
        using var admin = await running.SignInAsAdminAsync();
        var form = await admin.GetAsync("/Admin/Users/Create");

        for (var number = 0; number < 101; number++)
        {
            await form.SubmitAsync(new()
            {
                ["User.UserName"] = $"many{number}-{Guid.NewGuid():N}",
                ["User.Email"] = $"{Guid.NewGuid():N}@example.com",
                ["User.Password"] = "Password-9",
                ["User.PasswordConfirmation"] = "Password-9",
            });
        }

        Assert.Equal(2, (await admin.GetAsync("/Admin/Users/Index?pageSize=2")).TextsOf(".ta-row").Count);
        Assert.Equal(100, (await admin.GetAsync("/Admin/Users/Index?pageSize=2147483647")).TextsOf(".ta-row").Count);
        Assert.NotEmpty((await admin.GetAsync("/Admin/Users/Index?pageSize=2147483647&pagenum=2147483647")).TextsOf(".ta-row"));
    }

    [Fact]
    public async Task A_truncated_key_file_does_not_prevent_sign_in()
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", data))
        {
            using var admin = new WebBrowser(host.Address);
            await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
            await host.StopAsync();
        }

        foreach (var keys in Directory.GetDirectories(data, "DataProtection-Keys", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(Path.Combine(keys, $"key-{Guid.NewGuid()}.xml"), "<?xml version=\"1.0\"?><key id=");
        }

        await using var again = await HostProcess.StartAsync("tests/Horilla.TestHost", data);
        using var browser = new WebBrowser(again.Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Admin/Tenants")).Status);
        Assert.Contains("isn't a valid data protection key and was skipped", again.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_part_in_an_unsupported_encoding_is_rejected()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = running.Address };
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AGE-\r\n--x--\r\n"));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var answer = await client.PostAsync("/Login", content);

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    [Fact]
    public async Task A_write_failure_is_reported_when_a_tenant_is_created_changed_or_removed()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", folder.CreateSubfolder("data"));
        using var admin = new WebBrowser(host.Address);
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        // The new tenants.json can't be written while a folder has the name of its temporary file.
        var draft = Directory.CreateDirectory(Path.Combine(host.Data, "tenants.json.new"));
        var name = TenantPages.UniqueName();
        var page = await TenantPages.CreateAsync(admin, name);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nothing was saved", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(name, page.Fields()["Name"]);

        draft.Delete();
        await TenantPages.CreateAsync(admin, $"{name}x");
        draft.Create();
        var changed = await (await admin.GetAsync($"/Admin/Tenants/Edit/{name}x")).SubmitAsync(new() { ["Description"] = "Typed" });
        Assert.Contains("Nothing was saved", changed.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal("Typed", changed.Fields()["Description"]);
        var removed = await (await admin.GetAsync($"/Admin/Tenants/Remove/{name}x")).SubmitAsync(new() { ["Confirmation"] = $"{name}x" });
        Assert.Contains("couldn't be removed completely", removed.TextOf("main"), StringComparison.Ordinal);
        draft.Delete();

        // A damaged file is reported and left unchanged.
        var file = Path.Combine(host.Data, "tenants.json");
        var tenants = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, "{");
        Assert.Contains("is damaged", (await TenantPages.CreateAsync(admin, $"{name}y")).TextOf("main"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, tenants);
        Assert.Equal(HttpStatusCode.Redirect, (await TenantPages.CreateAsync(admin, name)).Status);
    }

    [Theory]
    [InlineData("Root Certificate=/etc/passwd")]
    [InlineData("SSL Certificate=/etc/passwd")]
    [InlineData("SSL Key=/etc/passwd")]
    [InlineData("Passfile=/etc/passwd")]
    public async Task A_connection_string_cannot_reference_files(string setting)
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await TenantPages.CreateAsync(admin, TenantPages.UniqueName(), TenantPages.Postgres($"Host=localhost;Database=a;Username=b;Password=c;{setting}"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("can't set", page.TextOf("[data-valmsg-for='ConnectionString']"), StringComparison.Ordinal);
    }
}
