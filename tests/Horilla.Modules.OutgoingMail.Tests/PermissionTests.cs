using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class PermissionTests(Site site)
{
    private const string View = "View outgoing mail servers";
    private const string Manage = "Manage outgoing mail servers";
    private const string Send = "Send test mails through outgoing mail servers";

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
        { "nobody", "GET", "/Test/{id}", Send },
        { "nobody", "POST", "/Test/{id}", Send },
        { "nobody", "GET", "/Diagnosis/{id}", View },
        { "viewer", "GET", "/New", Manage },
        { "viewer", "GET", "/Create/Mail", Manage },
        { "viewer", "POST", "/Create/Mail", Manage },
        { "viewer", "GET", "/Edit/{id}", Manage },
        { "viewer", "POST", "/Edit/{id}", Manage },
        { "viewer", "GET", "/Delete/{id}", Manage },
        { "viewer", "POST", "/Delete/{id}", Manage },
        { "viewer", "GET", "/Test/{id}", Send },
        { "viewer", "POST", "/Test/{id}", Send },
        { "manager", "GET", "/Test/{id}", Send },
        { "manager", "POST", "/Test/{id}", Send },
        { "tester", "GET", "", View },
        { "tester", "GET", "/Edit/{id}", Manage },
        { "tester", "POST", "/Delete/{id}", Manage },
        { "tester", "GET", "/Diagnosis/{id}", View },
        { "guest", "GET", "", "Access admin panel" },
        { "guest", "POST", "/Delete/{id}", "Access admin panel" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Without_the_permission_it_is_forbidden_and_nothing_changes(string user, string method, string path, string missing)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("DisplayName", "Untouched"), ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var before = (await admin.GetAsync(Servers.List)).All("tbody tr").Count;
        using var browser = await site.AsAsync(user);
        var url = Servers.List + path.Replace("{id}", id, StringComparison.Ordinal);
        var page = method == "GET" ? await browser.GetAsync(url) : await browser.PostAsync(url, await PostedAsync(browser));

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Equal($"/Error/403?ReturnUrl={Uri.EscapeDataString(url)}", page.Location);

        var refusal = await page.FollowAsync();
        Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
        Assert.Contains($"Missing permission: {missing}", refusal.One("main"), StringComparison.Ordinal);

        Assert.Equal("Untouched", (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field("DisplayName")]);
        Assert.Equal(before, (await admin.GetAsync(Servers.List)).All("tbody tr").Count);
        Assert.Contains("No mail has been sent", (await admin.GetAsync(Servers.Diagnosis(id))).One("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/New")]
    [InlineData("/Create/Mail")]
    [InlineData("/Edit/{id}")]
    [InlineData("/Delete/{id}")]
    [InlineData("/Test/{id}")]
    [InlineData("/Diagnosis/{id}")]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in(string path)
    {
        using var admin = await site.AdminAsync();
        var url = Servers.List + path.Replace("{id}", await Servers.CreateAsync(admin), StringComparison.Ordinal);
        using var visitor = site.Visitor();

        Assert.Equal($"/Login?ReturnUrl={Uri.EscapeDataString(url)}", (await visitor.GetAsync(url)).Location);
    }

    [Theory]
    [InlineData("/Create/Mail")]
    [InlineData("/Edit/{id}")]
    [InlineData("/Delete/{id}")]
    [InlineData("/Test/{id}")]
    public async Task A_post_without_the_token_of_a_form_is_refused(string path)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        var url = Servers.List + path.Replace("{id}", id, StringComparison.Ordinal);
        var page = await admin.PostAsync(url, Servers.Form().Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Servers.Edit(id))).Status);
    }

    [Fact]
    public async Task Deleting_is_no_matter_of_a_get()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        await admin.GetAsync(Servers.Delete(id));

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Servers.Edit(id))).Status);
    }

    [Fact]
    public async Task Who_may_only_view_sees_the_list_without_buttons()
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("to-be-viewed");
        await Servers.CreateAsync(admin, ("Username", name));
        using var viewer = await site.AsAsync("viewer");
        var page = await viewer.GetAsync($"{Servers.List}?search={name}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single(page.All("tbody tr"));
        Assert.Empty(page.All("tbody a"));
        Assert.Null(page.Document.QuerySelector("a[href='/Admin/OutgoingMail/New']"));
    }

    [Fact]
    public async Task Managing_implies_viewing()
    {
        using var manager = await site.AsAsync("manager");

        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync(Servers.List)).Status);
    }

    [Fact]
    public async Task Who_may_send_test_mails_may()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        using var tester = await site.AsAsync("tester");
        var page = await tester.GetAsync(Servers.Test(id));

        Assert.Equal("tester@example.com", page.Fields()["recipient"]);
    }

    private static async Task<IEnumerable<KeyValuePair<string, string>>> PostedAsync(WebBrowser browser)
    {
        // Any page with a form has a token of the user; the menu of the admin panel is on all pages of those who may enter it.
        var token = (await browser.OpenAsync("/Admin")).Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value")
            ?? await TokenOfGuestAsync(browser);

        return Servers.Form(("DisplayName", "Changed"))
            .Append(KeyValuePair.Create("recipient", (string?)"reader@example.com"))
            .Append(KeyValuePair.Create("__RequestVerificationToken", (string?)token))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value ?? ""));
    }

    private static async Task<string> TokenOfGuestAsync(WebBrowser browser)
        => (await browser.GetAsync("/Horilla.TestHost/Token/Index")).Text;
}
