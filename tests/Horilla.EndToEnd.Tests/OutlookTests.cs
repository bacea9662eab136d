using Horilla.Testing.Cloud;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Horilla.EndToEnd.Tests;

/// <summary>Manages an Outlook server as an administrator does, in a real browser.</summary>
public sealed class OutlookTests(EndToEndFixture stage) : IClassFixture<EndToEndFixture>
{
    private static string Unique(string about) => $"{about}-{Guid.NewGuid().ToString("N")[..8]}@acme.example";

    [Fact]
    public async Task The_endpoints_follow_tenant_and_cloud_and_the_redirect_uri_can_be_copied()
    {
        await using var window = await stage.OpenWindowAsync();
        await window.NewOutlookAsync();
        await window.Field("TenantId").FillAsync("acme.example");
        await Expect(window.Field("AuthorizationEndpoint")).ToHaveValueAsync("https://login.microsoftonline.com/acme.example/oauth2/v2.0/authorize");
        await Expect(window.Field("TokenEndpoint")).ToHaveValueAsync("https://login.microsoftonline.com/acme.example/oauth2/v2.0/token");

        await window.Field("Cloud").SelectOptionAsync("china");
        await Expect(window.Field("AuthorizationEndpoint")).ToHaveValueAsync("https://login.partner.microsoftonline.cn/acme.example/oauth2/v2.0/authorize");
        await Expect(window.Field("GraphEndpoint")).ToHaveValueAsync("https://microsoftgraph.chinacloudapi.cn/v1.0");

        // An endpoint that was edited to name another tenant is kept.
        await window.Field("TokenEndpoint").FillAsync("https://login.partner.microsoftonline.cn/other.example/oauth2/v2.0/token");
        await window.Field("TenantId").FillAsync("new.example");
        await Expect(window.Field("AuthorizationEndpoint")).ToHaveValueAsync("https://login.partner.microsoftonline.cn/new.example/oauth2/v2.0/authorize");
        await Expect(window.Field("TokenEndpoint")).ToHaveValueAsync("https://login.partner.microsoftonline.cn/other.example/oauth2/v2.0/token");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        Assert.Equal(await window.Field("RedirectUri").InputValueAsync(), await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await window.AssertAccessibleAsync("outlook-form");
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Every_page_fits_the_window_and_is_accessible(int width, ColorScheme colors)
    {
        var name = Unique("looks");
        await using var window = await stage.OpenWindowAsync(width, colors: colors);
        var page = window.Page;
        await window.NewOutlookAsync();
        await window.SaveAsync();
        await FitsAsync("outlook-form-errors");
        await window.Field("ClientId").FillAsync(FakeMicrosoftCloud.ClientId);
        await window.Field("ClientSecret").FillAsync("secret");
        await window.Field("TenantId").FillAsync("acme.example");
        await window.Field("Username").FillAsync(name);
        await window.Field("DisplayName").FillAsync("Acme Sales");
        await window.SaveAsync();
        await page.GotoAsync($"{AdminWindow.List}?search={name}");
        await Expect(window.Row(name)).ToContainTextAsync("No Microsoft account is signed in yet");
        await FitsAsync("outlook-list");
        await page.GotoAsync("OutgoingMail/Outlook/Callback?state=unknown&code=x");
        await FitsAsync("outlook-callback");
        window.ForgetErrors();

        async Task FitsAsync(string what)
        {
            await window.AssertAccessibleAsync($"{what}-{width}-{colors.ToString().ToLowerInvariant()}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{what} is wider than {width} pixels.");
        }
    }

    [OwnHostFact]
    public async Task An_admin_signs_in_with_Microsoft_refreshes_sends_and_deletes()
    {
        var cloud = stage.Cloud!;
        var (sales, bob) = (cloud.AddUser(Unique("sales")), cloud.AddUser(Unique("bob")));
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await window.NewOutlookAsync();
        await window.Field("ClientId").FillAsync(FakeMicrosoftCloud.ClientId);
        await window.Field("ClientSecret").FillAsync(FakeMicrosoftCloud.ClientSecret);
        await window.Field("TenantId").FillAsync(FakeMicrosoftCloud.TenantDomain);
        await window.Field("Username").FillAsync(sales.Mail);
        await window.Field("DisplayName").FillAsync("Acme Sales");
        await window.Field("AuthorizationEndpoint").FillAsync(cloud.AuthorizationEndpoint());
        await window.Field("TokenEndpoint").FillAsync(cloud.TokenEndpoint());
        await window.Field("GraphEndpoint").FillAsync(cloud.GraphEndpoint);

        // Goes straight on to Microsoft, where another account signs in first.
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and login Outlook" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = bob.Mail }).ClickAsync();
        await Expect(page.Locator("#om-result")).ToContainTextAsync($"{bob.Mail} signed in, but this mail server sends as {sales.Mail}.");
        await window.AssertAccessibleAsync("outlook-other-account");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign in as {sales.Mail}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = sales.Mail }).ClickAsync();
        await Expect(window.Message(sales.Mail)).ToBeVisibleAsync();
        await page.GotoAsync($"{AdminWindow.List}?search={sales.Mail}");
        await Expect(window.Row(sales.Mail)).ToContainTextAsync($"Signed in as {sales.Mail}, token valid until");
        await window.AssertAccessibleAsync("outlook-list");

        // The page that rejected bob had status 400, which the browser logs as an error.
        window.ForgetErrors();

        await window.Row(sales.Mail).GetByRole(AriaRole.Button, new() { Name = "Refresh token" }).ClickAsync();
        await Expect(window.Message("was refreshed")).ToBeVisibleAsync();
        await window.Row(sales.Mail).GetByRole(AriaRole.Link, new() { Name = "Send test mail" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Send to").FillAsync("reader@example.com");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("#om-result")).ToContainTextAsync("Sent: the server accepted the message");
        await window.AssertAccessibleAsync("outlook-test-sent");
        Assert.Equal("reader@example.com", cloud.Graph.Sent.Single(mail => mail.User == sales).Message.To.ToString());
        await page.Keyboard.PressAsync("Escape");

        // Cancelled at Microsoft: a page says so, and the tokens are kept.
        await window.Row(sales.Mail).GetByRole(AriaRole.Button, new() { Name = "Login Outlook" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Locator("#om-result")).ToContainTextAsync("Consent to the application's permissions is missing");
        await window.AssertAccessibleAsync("outlook-cancelled");
        window.ForgetErrors();
        await page.GotoAsync($"{AdminWindow.List}?search={sales.Mail}");
        await Expect(window.Row(sales.Mail)).ToContainTextAsync("Signed in as");

        await window.Row(sales.Mail).GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(window.Message($"{sales.Mail} was deleted")).ToBeVisibleAsync();
    }
}
