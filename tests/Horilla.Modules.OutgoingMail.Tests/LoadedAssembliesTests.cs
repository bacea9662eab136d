using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>What a site without Outlook servers costs: it loads neither MSAL nor the Graph SDK, which are large.</summary>
public sealed class LoadedAssembliesTests
{
    [Fact]
    public async Task A_site_with_SMTP_servers_only_loads_neither_MSAL_nor_Graph()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificateAuthority(folder.Path, "Test Authority");
        await using var exim = await EximServer.StartAsync(folder, authority.Issue("exim", "localhost"));
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", folder.CreateSubfolder("data"), authority.CertificateFile, HealthTests.WithDetails);
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(exim.StartTlsPort)));

        foreach (var page in new[] { MailServerPages.List, "/Admin/OutgoingMail/New", MailServerPages.Edit(id), MailServerPages.Diagnosis(id), MailServerPages.Delete(id), "/health/live", "/Horilla.TestHost/Tasks/Index?name=OutlookTokenRefresh" })
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(page)).Status);
        }

        Assert.StartsWith("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Null((await SendServiceClient.SendAsync(admin))["error"]);
        Assert.Empty(await FindAsync(admin, "Microsoft.Identity.Client", "Microsoft.Graph", "Microsoft.Kiota"));

        // An Outlook server needs them from its first sign-in on.
        await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(new()
        {
            [MailServerPages.Field("ClientId")] = "0b1e9c1e-5d3a-4c0e-9b7b-2f6f5c1d2e3f",
            [MailServerPages.Field("ClientSecret")] = "Right~Secret.Value-42",
            [MailServerPages.Field("TenantId")] = "acme.example",
            [MailServerPages.Field("Username")] = "sales@acme.example",
            [MailServerPages.Field("DisplayName")] = "Acme Sales",
        });
        await OutlookServerPages.PressAsync(admin, "sales@acme.example", "LoginOutlook");
        Assert.Contains("Microsoft.Identity.Client", await FindAsync(admin, "Microsoft.Identity.Client"));
    }

    /// <summary>Returns the loaded assemblies whose names start with one of these.</summary>
    private static async Task<IEnumerable<string>> FindAsync(WebBrowser browser, params string[] names)
    {
        var loaded = JsonNode.Parse((await browser.GetAsync("/Horilla.TestHost/Assemblies/Index")).Text)!.AsArray().Select(name => (string)name!);

        return loaded.Where(assembly => names.Any(name => assembly.StartsWith(name, StringComparison.Ordinal)));
    }
}
