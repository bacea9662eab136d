using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The page of a single server.</summary>
[Collection(SiteCollection.Name)]
public sealed class DetailsTests(SiteFixture site)
{
    [Fact]
    public async Task It_shows_the_settings_without_secrets()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("details");
        const string password = "unmistakable-secret";
        var id = await MailServerPages.CreateAsync(admin, ("Username", name), ("Password", password), ("Host", "smtp.acme.example"), ("MaxConnections", "7"), ("DefaultFrom", "info@acme.example"), ("DisplayName", "Acme & Söhne"));
        var link = (await admin.GetAsync($"{MailServerPages.List}?search={name}")).Document.QuerySelector("tbody .om-name a")!.GetAttribute("href")!;
        var page = await admin.GetAsync(link);

        Assert.StartsWith(MailServerPages.Details(id), link, StringComparison.Ordinal);
        Assert.Equal(name, page.Title);
        var settings = Settings(page);
        Assert.Equal("smtp.acme.example", settings["Host"]);
        Assert.Equal("587", settings["Port"]);
        Assert.Equal("Yes", settings["Use TLS"]);
        Assert.Equal("7", settings["Maximum connections"]);
        Assert.Equal("Stored", settings["App Password"]);
        Assert.Equal("–", settings["EHLO name"]);
        Assert.Equal("info@acme.example", settings["Default From Mail"]);
        Assert.Equal("Acme & Söhne", settings["Display Name"]);
        Assert.Equal("Never", settings["Last sent"]);
        Assert.DoesNotContain(password, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_the_last_success_the_last_failure_and_the_encryption()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())));
        await MailServerPages.SendTestAsync(admin, id);
        var page = await admin.GetAsync(MailServerPages.Details(id));
        Assert.StartsWith("Failing just now: localhost refused the connection", page.TextOf(".om-status"), StringComparison.Ordinal);
        Assert.StartsWith("Not sent: localhost refused the connection", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.False(Settings(page).ContainsKey("Encryption"));

        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Port")] = MailServerPages.Invariant(site.Exim.StartTlsPort) });
        await MailServerPages.SendTestAsync(admin, id);
        page = await admin.GetAsync(MailServerPages.Details(id));
        var settings = Settings(page);
        Assert.StartsWith("Working", page.TextOf(".om-status"), StringComparison.Ordinal);
        Assert.Equal("just now", settings["Last sent"]);
        Assert.Equal("just now", settings["Last failure"]);
        Assert.StartsWith("TLS 1.", settings["Encryption"], StringComparison.Ordinal);
        Assert.Matches(@"localhost.*Valid until \d{4}-\d\d-\d\d, for \d+ more days", settings["Certificate"]);
        Assert.StartsWith("Not sent: localhost refused the connection", page.TextOf("#om-result h2"), StringComparison.Ordinal);

        // What was seen of another host is no longer shown.
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("DisplayName")] = "Changed" });
        Assert.False(Settings(await admin.GetAsync(MailServerPages.Details(id))).ContainsKey("Encryption"));
    }

    [Fact]
    public async Task It_has_all_actions_and_returns_to_the_list_it_came_from()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin);
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var list = $"{MailServerPages.List}?search=acme&pageSize=5";
        var details = $"{MailServerPages.Details(id)}?returnUrl={Uri.EscapeDataString(list)}";
        var page = await admin.GetAsync(details);

        Assert.Equal(
            [$"Refresh token – {user.Mail}", $"Login Outlook – {user.Mail}", $"Send test mail – {user.Mail}", $"Make primary – {user.Mail}", $"Edit – {user.Mail}", $"Delete – {user.Mail}"],
            page.TextsOf(".om-details-actions button, .om-details-actions a"));
        Assert.StartsWith($"Signed in as {user.Mail}", page.TextsOf(".om-status")[^1], StringComparison.Ordinal);
        Assert.Equal(list, page.Document.QuerySelectorAll("main a").Last().GetAttribute("href"));

        // What doesn't leave the page comes back to it.
        var refreshed = await page.SubmitAsync(form: "main form[action*='/RefreshToken/']");
        Assert.Equal(details, refreshed.Location);
        Assert.Equal(details, (await page.SubmitAsync(form: "main form[action*='/MakePrimary/']")).Location);
        Assert.Contains("Primary", (await admin.GetAsync(details)).TextsOf(".badge"));
        var delete = page.Document.QuerySelectorAll(".om-details-actions a").Last().GetAttribute("href")!;
        Assert.Equal(list, (await (await admin.GetAsync(delete)).SubmitAsync()).Location);
        Assert.Equal(404, (int)(await admin.GetAsync(details)).Status);
    }

    [Fact]
    public async Task A_viewer_sees_no_actions()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        using var viewer = await site.SignInAsync("viewer");
        var page = await viewer.GetAsync(MailServerPages.Details(id));

        Assert.Equal("587", Settings(page)["Port"]);
        Assert.Empty(page.TextsOf(".om-details-actions a, .om-details-actions button"));
    }

    private static Dictionary<string, string> Settings(WebPage page)
        => page.Document.QuerySelectorAll("main dt").ToDictionary(WebPage.NormalizedText, term => WebPage.NormalizedText(term.NextElementSibling!));
}
