using System.Net;
using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Samples.Tests;

/// <summary>The sample that adds a mail server type, as its users see it.</summary>
[Collection(typeof(SiteCollection))]
public sealed class PickupFolderTests(SiteFixture site)
{
    private const string New = "/Admin/OutgoingMail/Create/PickupFolder";

    [Fact]
    public async Task The_type_is_offered_beside_the_built_in_ones()
    {
        using var admin = await site.SignInAsAdminAsync();
        var choice = await admin.GetAsync("/Admin/OutgoingMail/New");

        Assert.Equal(["Outlook Mail Server", "Other Mail Servers", "Pickup Folder"], choice.TextsOf("main .card h2"));
        Assert.Single(choice.Document.QuerySelectorAll("main .card a[href$='/Create/PickupFolder']"));
        Assert.Equal(3, choice.Document.QuerySelectorAll("main .om-type-icon svg").Length);
    }

    [Fact]
    public async Task A_test_mail_is_written_to_the_folder_of_the_tenant()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, folder) = await CreateAsync(admin);
        var page = await (await admin.GetAsync($"/Admin/OutgoingMail/Test/{id}")).SubmitAsync(new() { ["recipient"] = "ann@example.com" });

        Assert.Equal("Sent: the server accepted the message for ann@example.com", page.TextOf("#om-result h2"));
        Assert.Contains("Written to", page.TextOf("#om-result"), StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(site.Data, "Sites", "Default", "PickupFolders", folder)));
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        using var message = await MimeMessage.LoadAsync(file);
        Assert.Equal("ann@example.com", Assert.Single(message.To.Mailboxes).Address);
        Assert.Equal("pickup@example.com", Assert.Single(message.From.Mailboxes).Address);
    }

    [Fact]
    public async Task Another_module_sends_through_it()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (_, folder) = await CreateAsync(admin, isPrimary: true);
        var subject = $"Picked up {Guid.NewGuid():N}";
        await (await admin.GetAsync(SiteFixture.Page)).SubmitAsync(new() { ["Recipient"] = "ann@example.com", ["Subject"] = subject, ["Text"] = "Good day." });
        using var message = await MimeMessage.LoadAsync(await WaitForFileAsync(Path.Combine(site.Data, "Sites", "Default", "PickupFolders", folder)));
        Assert.Equal(subject, message.Subject);
        await SiteFixture.UseServerAsync(admin, site.Exim.StartTlsPort);
    }

    /// <summary>Waits for the only message in a folder: the sample sends it in the background.</summary>
    private static async Task<string> WaitForFileAsync(string folder)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.eml").Length == 0)
        {
            await Task.Delay(20, limit.Token);
        }

        return Assert.Single(Directory.GetFiles(folder, "*.eml"));
    }

    [Fact]
    public async Task Its_servers_are_listed_found_and_edited_like_any_other()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, folder) = await CreateAsync(admin);
        var list = await admin.GetAsync($"/Admin/OutgoingMail?Search={folder}");

        Assert.Contains("Pickup folder", Assert.Single(list.TextsOf("main tbody tr")), StringComparison.Ordinal);

        var form = await admin.GetAsync($"/Admin/OutgoingMail/Edit/{id}");
        Assert.StartsWith("Pickup Folder Configuration: ", form.Title, StringComparison.Ordinal);
        await (await admin.GetAsync($"/Admin/OutgoingMail/Edit/{id}")).SubmitAsync(new() { [Field("Folder")] = folder + "-b" });
        var conflict = await form.SubmitAsync(new() { [Field("Folder")] = folder + "-a" });
        Assert.Contains($"Folder{folder}-a{folder}-b", conflict.TextsOf("#om-conflict tbody tr"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../Other")]
    [InlineData("/tmp")]
    [InlineData("a b")]
    [InlineData("Größe")]
    public async Task A_folder_outside_of_the_tenant_is_rejected_at_the_field(string folder)
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(New)).SubmitAsync(Form(folder));

        Assert.Equal("Enter a name of 1 to 50 letters, digits, hyphens and underscores, for example Pickup.", page.TextOf("#pickup-folder-error"));
        Assert.Equal(folder, page.Fields()[Field("Folder")]);
        Assert.Equal("pickup@example.com", page.Fields()[Field("DefaultFrom")]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_explained()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, folder) = await CreateAsync(admin);
        Directory.CreateDirectory(Path.Combine(site.Data, "Sites", "Default", "PickupFolders"));
        await File.WriteAllTextAsync(Path.Combine(site.Data, "Sites", "Default", "PickupFolders", folder), "a file in the folder's place");
        var page = await (await admin.GetAsync($"/Admin/OutgoingMail/Test/{id}")).SubmitAsync(new() { ["recipient"] = "ann@example.com" });

        Assert.StartsWith("Not sent: The message couldn't be written to the folder", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Data, page.Text, StringComparison.Ordinal);
        Assert.Contains("the site may write to its pickup folders", page.TextOf("#om-result"), StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll("#om-result a[href$='#OutgoingMailConfiguration_Folder']"));
    }

    [Fact]
    public async Task Without_its_feature_the_list_and_the_send_service_still_work()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, folder) = await CreateAsync(admin);
        await SiteFixture.SetFeatureStateAsync(admin, "Disable", feature: SiteFixture.PickupFolder);
        var list = await admin.GetAsync($"/Admin/OutgoingMail?Search={folder}");
        var test = await (await admin.GetAsync($"/Admin/OutgoingMail/Test/{id}")).SubmitAsync(new() { ["recipient"] = "ann@example.com" });
        var form = await admin.GetAsync($"/Admin/OutgoingMail/Edit/{id}");
        var missing = await admin.GetAsync(New);
        await SiteFixture.SetFeatureStateAsync(admin, "Enable", feature: SiteFixture.PickupFolder);

        Assert.Contains("PickupFolder", Assert.Single(list.TextsOf("main tbody tr")), StringComparison.Ordinal);
        Assert.Contains("has the type 'PickupFolder', which isn't available on this site", test.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, form.Status);
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Equal(folder, (await admin.GetAsync($"/Admin/OutgoingMail/Edit/{id}")).Fields()[Field("Folder")]);
    }

    private static async Task<(string Id, string Folder)> CreateAsync(WebBrowser admin, bool isPrimary = false)
    {
        var folder = $"p-{Guid.NewGuid():N}";
        var saved = await (await admin.GetAsync(New)).SubmitAsync(Form(folder, isPrimary));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var list = await admin.GetAsync($"/Admin/OutgoingMail?Search={folder}");
        var edit = list.Document.QuerySelector("main tbody a[href*='/Edit/']")!.GetAttribute("href")!;

        return (edit.Split("/Edit/")[1].Split('?')[0], folder);
    }

    private static Dictionary<string, string?> Form(string folder, bool isPrimary = false) => new()
    {
        [Field("Folder")] = folder,
        [Field("DefaultFrom")] = "pickup@example.com",
        [Field("DisplayName")] = "Acme",
        [Field("IsPrimary")] = isPrimary ? "true" : "false",
    };

    private static string Field(string name) => $"OutgoingMailConfiguration.{name}";
}
