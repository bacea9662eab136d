using System.Net;
using Horilla.Testing;
using Horilla.Testing.Cloud;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Manages Outlook servers through the pages and the stand-in for Microsoft.</summary>
internal static class OutlookServerPages
{
    public const string New = "/Admin/OutgoingMail/Create/Outlook";

    /// <summary>Returns the values of a form by the names of its fields.</summary>
    public static Dictionary<string, string?> Form(SiteFixture site, string username, params (string Name, string? Value)[] values)
    {
        var form = new Dictionary<string, string?>
        {
            [MailServerPages.Field("ClientId")] = FakeMicrosoftCloud.ClientId,
            [MailServerPages.Field("ClientSecret")] = FakeMicrosoftCloud.ClientSecret,
            [MailServerPages.Field("TenantId")] = FakeMicrosoftCloud.TenantDomain,
            [MailServerPages.Field("Username")] = username,
            [MailServerPages.Field("DisplayName")] = "Acme Sales",
            [MailServerPages.Field("AuthorizationEndpoint")] = site.FakeMicrosoft.AuthorizationEndpoint(),
            [MailServerPages.Field("TokenEndpoint")] = site.FakeMicrosoft.TokenEndpoint(),
            [MailServerPages.Field("GraphEndpoint")] = site.FakeMicrosoft.GraphEndpoint,
        };

        foreach (var (name, value) in values)
        {
            form[MailServerPages.Field(name)] = value;
        }

        return form;
    }

    /// <summary>Creates a server for an account that no other test uses.</summary>
    public static async Task<(string Id, FakeUser User)> CreateAsync(SiteFixture site, WebBrowser browser, params (string Name, string? Value)[] values)
    {
        var user = site.FakeMicrosoft.AddUser($"sales-{Guid.NewGuid():N}@acme.example");
        var page = await (await browser.GetAsync(New)).SubmitAsync(Form(site, user.Mail, values));

        return page.Status == HttpStatusCode.Redirect
            ? (await MailServerPages.FindAsync(browser, user.Mail), user)
            : throw new InvalidOperationException($"The server was not created: {string.Join(" ", page.TextsOf(".om-field-error, .alert"))}");
    }

    /// <summary>Creates a server and signs in its account.</summary>
    public static async Task<(string Id, FakeUser User)> CreateSignedInAsync(SiteFixture site, WebBrowser browser, params (string Name, string? Value)[] values)
    {
        var (id, user) = await CreateAsync(site, browser, values);
        var answer = await SignInAsync(site, browser, user.Mail, user);

        return answer.Status == HttpStatusCode.Redirect ? (id, user) : throw new InvalidOperationException($"Not signed in: {answer.TextOf("main")}");
    }

    /// <summary>Presses Login Outlook in the row of a server and returns the address of Microsoft's sign-in page.</summary>
    public static async Task<Uri> StartSignInAsync(WebBrowser browser, string username)
        => (await PressAsync(browser, username, "LoginOutlook")).RedirectsTo ?? throw new InvalidOperationException("Login Outlook didn't redirect to Microsoft.");

    /// <summary>Signs in an account for a server, from Login Outlook to the callback.</summary>
    public static async Task<WebPage> SignInAsync(SiteFixture site, WebBrowser browser, string username, FakeUser user)
        => await FollowCallbackAsync(browser, await site.FakeMicrosoft.Entra.SignInAsync((await StartSignInAsync(browser, username)).AbsoluteUri, user));

    /// <summary>Opens the callback to which Microsoft redirects the browser.</summary>
    public static Task<WebPage> FollowCallbackAsync(WebBrowser browser, Uri callback) => browser.GetAsync(callback.PathAndQuery);

    public static async Task<WebPage> PressAsync(WebBrowser browser, string username, string action)
        => await (await RowAsync(browser, username)).SubmitAsync(form: $"main form[action*='/{action}/']");

    public static Task<WebPage> RowAsync(WebBrowser browser, string username) => browser.GetAsync($"{MailServerPages.List}?search={Uri.EscapeDataString(username)}");

    /// <summary>Returns the sign-in status in the row of a server.</summary>
    public static async Task<string> StatusAsync(WebBrowser browser, string username) => (await RowAsync(browser, username)).TextsOf("tbody .om-status")[^1];
}
