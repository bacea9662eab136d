using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class PermissionTests(SiteFixture site)
{
    private const string View = "View outgoing mail servers";
    private const string Manage = "Manage outgoing mail servers";
    private const string Send = "Send test mail through outgoing mail servers";
    private const string ViewLog = "View the mail log";
    private const string ReadContent = "Read the content of messages in the mail log";
    private const string ManageOutbox = "Manage the outbox";

    public static TheoryData<string, string, string, string> Forbidden => new()
    {
        { "nobody", "GET", "", View },
        { "nobody", "GET", "/New", Manage },
        { "nobody", "GET", "/Create/Mail", Manage },
        { "nobody", "POST", "/Create/Mail", Manage },
        { "nobody", "GET", "/Edit/{id}", Manage },
        { "nobody", "POST", "/Edit/{id}", Manage },
        { "nobody", "GET", "/Delete/{id}", Manage },
        { "nobody", "POST", "/Delete/{id}", Manage },
        { "nobody", "POST", "/MakePrimary/{id}", Manage },
        { "nobody", "GET", "/Test/{id}", Send },
        { "nobody", "POST", "/Test/{id}", Send },
        { "nobody", "GET", "/Diagnosis/{id}", View },
        { "nobody", "GET", "/Details/{id}", View },
        { "nobody", "GET", "/DeleteSelected?ids={id}", Manage },
        { "nobody", "GET", "/TestSelected?ids={id}", Send },
        { "viewer", "GET", "/New", Manage },
        { "viewer", "GET", "/Create/Mail", Manage },
        { "viewer", "POST", "/Create/Mail", Manage },
        { "viewer", "GET", "/Edit/{id}", Manage },
        { "viewer", "POST", "/Edit/{id}", Manage },
        { "viewer", "GET", "/Delete/{id}", Manage },
        { "viewer", "POST", "/Delete/{id}", Manage },
        { "viewer", "POST", "/MakePrimary/{id}", Manage },
        { "viewer", "GET", "/Test/{id}", Send },
        { "viewer", "POST", "/Test/{id}", Send },
        { "manager", "GET", "/Test/{id}", Send },
        { "manager", "POST", "/Test/{id}", Send },
        { "viewer", "GET", "/DeleteSelected?ids={id}", Manage },
        { "viewer", "POST", "/DeleteSelected?ids={id}", Manage },
        { "viewer", "POST", "/TestSelected?ids={id}", Send },
        { "manager", "POST", "/TestSelected?ids={id}", Send },
        { "tester", "POST", "/DeleteSelected?ids={id}", Manage },
        { "tester", "GET", "", View },
        { "tester", "GET", "/Edit/{id}", Manage },
        { "tester", "POST", "/Delete/{id}", Manage },
        { "tester", "GET", "/Diagnosis/{id}", View },
        { "tester", "GET", "/Details/{id}", View },
        { "viewer", "GET", "/Log", ViewLog },
        { "viewer", "GET", "/Log/Message/{id}", ViewLog },
        { "viewer", "GET", "/OutboxSettings", ManageOutbox },
        { "manager", "GET", "/OutboxSettings", ManageOutbox },
        { "manager", "POST", "/OutboxSettings", ManageOutbox },
        { "logreader", "POST", "/Log/TryNow/{id}", ManageOutbox },
        { "logreader", "POST", "/Log/Cancel/{id}", ManageOutbox },
        { "manager", "POST", "/Log/SendAgain/{id}", ManageOutbox },
        { "manager", "POST", "/Log/Arrived/{id}", ManageOutbox },
        { "postmaster", "GET", "/LogContent/Html/{id}", ReadContent },
        { "manager", "GET", "/LogContent/Source/{id}", ReadContent },
        { "logreader", "GET", "/LogContent/Attachment/{id}", ReadContent },
        { "postmaster", "GET", "/Edit/{id}", Manage },
        { "guest", "GET", "", "Access admin panel" },
        { "guest", "POST", "/Delete/{id}", "Access admin panel" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Without_the_permission_access_is_denied_and_nothing_changes(string user, string method, string path, string missing)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("DisplayName", "Untouched"), ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var before = (await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr").Count;
        using var browser = await site.SignInAsync(user);
        var url = MailServerPages.List + path.Replace("{id}", id, StringComparison.Ordinal);
        var page = method == "GET" ? await browser.GetAsync(url) : await browser.PostAsync(url, await PostedAsync(browser));

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Equal($"/Error/403?ReturnUrl={Uri.EscapeDataString(url)}", page.Location);

        var refusal = await page.FollowAsync();
        Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
        Assert.Contains($"Missing permission: {missing}", refusal.TextOf("main"), StringComparison.Ordinal);

        Assert.Equal("Untouched", (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("DisplayName")]);
        Assert.Equal(before, (await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr").Count);
        Assert.Contains("No messages have been sent", (await admin.GetAsync(MailServerPages.Diagnosis(id))).TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/New")]
    [InlineData("/Create/Mail")]
    [InlineData("/Edit/{id}")]
    [InlineData("/Delete/{id}")]
    [InlineData("/Test/{id}")]
    [InlineData("/Diagnosis/{id}")]
    [InlineData("/Details/{id}")]
    [InlineData("/DeleteSelected?ids={id}")]
    [InlineData("/TestSelected?ids={id}")]
    public async Task A_visitor_who_is_not_signed_in_is_redirected_to_the_sign_in_page(string path)
    {
        using var admin = await site.SignInAsAdminAsync();
        var url = MailServerPages.List + path.Replace("{id}", await MailServerPages.CreateAsync(admin), StringComparison.Ordinal);
        using var visitor = site.Visitor();

        Assert.Equal($"/Login?ReturnUrl={Uri.EscapeDataString(url)}", (await visitor.GetAsync(url)).Location);
    }

    [Theory]
    [InlineData("/Create/Mail")]
    [InlineData("/Edit/{id}")]
    [InlineData("/Delete/{id}")]
    [InlineData("/Test/{id}")]
    public async Task A_post_without_an_antiforgery_token_is_rejected(string path)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        var url = MailServerPages.List + path.Replace("{id}", id, StringComparison.Ordinal);
        var page = await admin.PostAsync(url, MailServerPages.Form().Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(MailServerPages.Edit(id))).Status);
    }

    [Fact]
    public async Task A_GET_request_deletes_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        await admin.GetAsync(MailServerPages.Delete(id));

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(MailServerPages.Edit(id))).Status);
    }

    [Fact]
    public async Task A_user_who_may_only_view_sees_the_list_without_buttons()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("to-be-viewed");
        await MailServerPages.CreateAsync(admin, ("Username", name));
        using var viewer = await site.SignInAsync("viewer");
        var page = await viewer.GetAsync($"{MailServerPages.List}?search={name}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single(page.TextsOf("tbody tr"));
        Assert.Equal([name], page.TextsOf("tbody a"));
        Assert.Empty(page.TextsOf("tbody button, tbody input"));
        Assert.Null(page.Document.QuerySelector("a[href='/Admin/OutgoingMail/New']"));
    }

    [Fact]
    public async Task Managing_implies_viewing()
    {
        using var manager = await site.SignInAsync("manager");

        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync(MailServerPages.List)).Status);
    }

    [Fact]
    public async Task A_user_with_the_permission_can_send_test_messages()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        using var tester = await site.SignInAsync("tester");
        var page = await tester.GetAsync(MailServerPages.Test(id));

        Assert.Equal("tester@example.com", page.Fields()["recipient"]);
    }

    private static async Task<IEnumerable<KeyValuePair<string, string>>> PostedAsync(WebBrowser browser)
    {
        // Any form contains the user's token. The menu of the admin panel has one on every page, for users who may open it.
        var token = (await browser.OpenAsync("/Admin")).Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value")
            ?? await TokenOfGuestAsync(browser);

        return MailServerPages.Form(("DisplayName", "Changed"))
            .Append(KeyValuePair.Create("recipient", (string?)"reader@example.com"))
            .Append(KeyValuePair.Create("__RequestVerificationToken", (string?)token))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value ?? ""));
    }

    private static async Task<string> TokenOfGuestAsync(WebBrowser browser)
        => (await browser.GetAsync("/Horilla.TestHost/Token/Index")).Text;
}
