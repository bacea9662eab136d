using System.Net;
using Horilla.Testing;
using Horilla.Testing.Cloud;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>What the tests do with Outlook servers, through the pages and the stand-in for Microsoft.</summary>
internal static class OutlookServers
{
    public const string New = "/Admin/OutgoingMail/Create/Outlook";

    /// <summary>What a form is filled with, under the names of its fields.</summary>
    public static Dictionary<string, string?> Form(Site site, string username, params (string Name, string? Value)[] values)
    {
        var form = new Dictionary<string, string?>
        {
            [Servers.Field("ClientId")] = MicrosoftStandIn.ClientId,
            [Servers.Field("ClientSecret")] = MicrosoftStandIn.ClientSecret,
            [Servers.Field("TenantId")] = MicrosoftStandIn.TenantDomain,
            [Servers.Field("Username")] = username,
            [Servers.Field("DisplayName")] = "Acme Sales",
            [Servers.Field("AuthorizationEndpoint")] = site.Cloud.AuthorizationEndpoint(),
            [Servers.Field("TokenEndpoint")] = site.Cloud.TokenEndpoint(),
            [Servers.Field("GraphEndpoint")] = site.Cloud.GraphEndpoint,
        };

        foreach (var (name, value) in values)
        {
            form[Servers.Field(name)] = value;
        }

        return form;
    }

    /// <summary>Creates a server for an account that no other test has.</summary>
    public static async Task<(string Id, StandInUser User)> CreateAsync(Site site, WebBrowser browser, params (string Name, string? Value)[] values)
    {
        var user = site.Cloud.AddUser($"sales-{Guid.NewGuid():N}@acme.example");
        var page = await (await browser.GetAsync(New)).SubmitAsync(Form(site, user.Mail, values));

        return page.Status == HttpStatusCode.Redirect
            ? (await Servers.FindAsync(browser, user.Mail), user)
            : throw new InvalidOperationException($"The server was not created: {string.Join(" ", page.All(".om-error, .alert"))}");
    }

    /// <summary>Creates a server and signs its account in.</summary>
    public static async Task<(string Id, StandInUser User)> CreateSignedInAsync(Site site, WebBrowser browser, params (string Name, string? Value)[] values)
    {
        var (id, user) = await CreateAsync(site, browser, values);
        var answer = await SignInAsync(site, browser, user.Mail, user);

        return answer.Status == HttpStatusCode.Redirect ? (id, user) : throw new InvalidOperationException($"Not signed in: {answer.One("main")}");
    }

    /// <summary>Presses Login Outlook in the row of a server, and gives the address of Microsoft's sign-in.</summary>
    public static async Task<Uri> BeginAsync(WebBrowser browser, string username)
        => (await PressAsync(browser, username, "LoginOutlook")).RedirectsTo ?? throw new InvalidOperationException("Login Outlook leads nowhere.");

    /// <summary>Signs an account in for a server, from Login Outlook to the callback.</summary>
    public static async Task<WebPage> SignInAsync(Site site, WebBrowser browser, string username, StandInUser user)
        => await BackAsync(browser, await site.Cloud.Entra.SignInAsync((await BeginAsync(browser, username)).AbsoluteUri, user));

    /// <summary>Goes where Microsoft sends the browser back to.</summary>
    public static Task<WebPage> BackAsync(WebBrowser browser, Uri callback) => browser.GetAsync(callback.PathAndQuery);

    public static async Task<WebPage> PressAsync(WebBrowser browser, string username, string action)
        => await (await RowAsync(browser, username)).SubmitAsync(form: $"main form[action*='/{action}/']");

    public static Task<WebPage> RowAsync(WebBrowser browser, string username) => browser.GetAsync($"{Servers.List}?search={Uri.EscapeDataString(username)}");

    /// <summary>What the row of a server says of its sign-in.</summary>
    public static async Task<string> StatusAsync(WebBrowser browser, string username) => (await RowAsync(browser, username)).One("tbody .om-status") ?? "";
}
