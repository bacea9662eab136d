using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class ListTests(SiteFixture site)
{
    [Fact]
    public async Task A_search_that_is_too_long_is_truncated_between_characters()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync($"{MailServerPages.List}?search=a{Uri.EscapeDataString(string.Concat(Enumerable.Repeat("💌", 200)))}");

        Assert.Equal("Outgoing Mail Server", page.Title);
        Assert.Equal("a" + string.Concat(Enumerable.Repeat("💌", 126)), page.Document.QuerySelector("input[name=search]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_menu_links_to_the_list()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync("/Admin");

        Assert.Equal(MailServerPages.List, page.Document.QuerySelector("nav a[href$='/Admin/OutgoingMail']")?.GetAttribute("href"));
        Assert.Contains("Outgoing Mail Server", page.TextOf("nav#ta-left-sidebar"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_offers_to_add_a_server()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var page = await admin.GetAsync(MailServerPages.List);

        Assert.Equal("Outgoing Mail Server", page.Title);
        Assert.Contains("No mail servers yet", page.TextOf("main"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a[href='/Admin/OutgoingMail/New']"));
    }

    [Fact]
    public async Task New_lists_the_registered_types()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync("/Admin/OutgoingMail/New");

        Assert.Equal("Select Mail Server Type", page.Title);
        Assert.Equal(["Outlook Mail Server", "Other Mail Servers"], page.TextsOf("main h2"));
        Assert.Equal("Select Outlook", page.TextOf($"a[href='{OutlookServerPages.New}']"));
        Assert.Contains("Configure using Microsoft Azure/Office 365 OAuth authentication", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal("Select Other", page.TextOf($"a[href='{MailServerPages.New}']"));
        Assert.Contains("SMTP, Gmail, Yahoo, or any other mail server", page.TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_shows_name_destination_type_and_that_nothing_was_sent()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName();
        await MailServerPages.CreateAsync(admin, ("Username", name), ("Host", "mail.acme.example"), ("Port", "465"), ("UseTls", "false"), ("UseSsl", "true"), ("DisplayName", "Sales"));
        var page = await admin.GetAsync($"{MailServerPages.List}?search={name}");

        Assert.Equal(["Email Host Username", "Type", "Status", "Last sent", "Actions"], page.TextsOf("th"));
        Assert.Contains($"{name}", page.TextOf("tbody tr"), StringComparison.Ordinal);
        Assert.Contains("Sales · mail.acme.example:465, TLS", page.TextOf("tbody tr"), StringComparison.Ordinal);
        Assert.Contains("Mail", page.TextOf("tbody .badge.rounded-pill"), StringComparison.Ordinal);
        Assert.Contains("Never used", page.TextOf("tbody tr"), StringComparison.Ordinal);
        Assert.Equal([$"Send test mail – {name}", $"Edit – {name}", $"Delete – {name}"], page.TextsOf("tbody .om-actions a"));
    }

    [Theory]
    [InlineData("user name", "needle")]
    [InlineData("host", "NEEDLE")]
    [InlineData("display name", "Needle in")]
    [InlineData("sender", "needle@")]
    public async Task The_search_covers_user_name_host_display_name_and_sender(string what, string typed)
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Username", "hay@acme.example"));
        await MailServerPages.CreateAsync(
            admin,
            ("Username", what == "user name" ? "needle@acme.example" : "found@acme.example"),
            ("Host", what == "host" ? "smtp.needle.example" : "smtp.acme.example"),
            ("DisplayName", what == "display name" ? "A needle in hay" : "Acme"),
            ("DefaultFrom", what == "sender" ? "needle@acme.example" : "info@acme.example"));

        var page = await admin.GetAsync($"{MailServerPages.List}?search={Uri.EscapeDataString(typed)}");

        Assert.Single(page.TextsOf("tbody tr"));
        Assert.Equal(typed, page.Document.QuerySelector("input[name=search]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task The_search_finds_an_internationalized_host_in_either_spelling_but_no_port_or_security()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Host", "bücher.example"));

        foreach (var (typed, found) in new[] { ("bücher", 1), ("BÜCHER.example", 1), ("xn--bcher", 1), ("587", 0), ("starttls", 0) })
        {
            Assert.Equal(found, (await admin.GetAsync($"{MailServerPages.List}?search={Uri.EscapeDataString(typed)}")).TextsOf("tbody tr").Count);
        }
    }

    [Theory]
    [InlineData("50%", "50% off")]
    [InlineData("a_b", "a_b")]
    [InlineData("!", "Hello!")]
    public async Task Wildcard_characters_are_searched_for_literally(string typed, string displayName)
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("DisplayName", displayName));
        await MailServerPages.CreateAsync(admin, ("DisplayName", "axb 500"));

        var page = await admin.GetAsync($"{MailServerPages.List}?search={Uri.EscapeDataString(typed)}");

        Assert.Contains(displayName, Assert.Single(page.TextsOf("tbody tr")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_without_results_can_be_cleared()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin);
        var page = await admin.GetAsync($"{MailServerPages.List}?search=%3Cb%3Enothing");

        Assert.Contains("Nothing found", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("“<b>nothing”", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(MailServerPages.List, page.Document.QuerySelector(".om-empty-state a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task Search_sorting_and_paging_are_in_the_URL_and_combine()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);

        foreach (var letter in "cab")
        {
            await MailServerPages.CreateAsync(admin, ("Username", $"{letter}@list.example"));
        }

        await MailServerPages.CreateAsync(admin, ("Username", "x@other.example"));

        string[] Names(WebPage page) => [.. page.Document.QuerySelectorAll("tbody .om-name a").Select(link => link.TextContent)];
        var unsorted = await admin.GetAsync($"{MailServerPages.List}?search=list.example");
        Assert.Equal(["c@list.example", "a@list.example", "b@list.example"], Names(unsorted));
        Assert.Equal("none", unsorted.Document.QuerySelector("th")?.GetAttribute("aria-sort"));

        var ascending = await admin.GetAsync(unsorted.Document.QuerySelector("th a")!.GetAttribute("href")!);
        Assert.Equal(["a@list.example", "b@list.example", "c@list.example"], Names(ascending));
        Assert.Equal("ascending", ascending.Document.QuerySelector("th")?.GetAttribute("aria-sort"));

        var descending = await admin.GetAsync(ascending.Document.QuerySelector("th a")!.GetAttribute("href")!);
        Assert.Equal(["c@list.example", "b@list.example", "a@list.example"], Names(descending));
        Assert.Equal("descending", descending.Document.QuerySelector("th")?.GetAttribute("aria-sort"));

        var paged = await admin.GetAsync(descending.Url + "&pageSize=2");
        Assert.Equal(["c@list.example", "b@list.example"], Names(paged));
        Assert.Contains("3 mail servers", paged.TextOf("main"), StringComparison.Ordinal);

        var second = await admin.GetAsync(paged.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(["a@list.example"], Names(second));
        Assert.Equal("list.example", second.Document.QuerySelector("input[name=search]")?.GetAttribute("value"));

        var byType = await admin.GetAsync(second.Document.QuerySelectorAll("th a")[1].GetAttribute("href")!);
        Assert.Equal("ascending", byType.Document.QuerySelectorAll("th")[1].GetAttribute("aria-sort"));
        Assert.Equal(2, Names(byType).Length);
    }

    [Fact]
    public async Task A_page_past_the_end_redirects_to_the_last_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin);
        await MailServerPages.CreateAsync(admin);
        await MailServerPages.CreateAsync(admin);

        foreach (var number in new[] { "9", "1073741825", "2147483647" })
        {
            var page = await admin.GetAsync($"{MailServerPages.List}?pagenum={number}&pageSize=2");

            Assert.Equal(HttpStatusCode.Redirect, page.Status);
            Assert.Single((await page.FollowAsync()).TextsOf("tbody tr"));
        }
    }

    [Fact]
    public async Task A_site_without_a_maximum_page_size_uses_the_page_size_of_its_settings()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin);
        await MailServerPages.CreateAsync(admin);

        Assert.Equal(2, (await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr").Count);
    }

    [Theory]
    [InlineData("?pagenum=-1&pageSize=-5&sort=nothing&direction=sideways")]
    [InlineData("?pagenum=x&pageSize=100000000&sort=99")]
    [InlineData("?search=%00%27%22%3B--")]
    [InlineData("?search=%F0%9F%92%8C%F0%9F%92%8C")]
    [InlineData("?pagenum=2147483647&pageSize=2147483647")]
    public async Task An_invalid_query_string_shows_the_list(string query)
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin);

        Assert.Equal("Outgoing Mail Server", (await admin.OpenAsync(MailServerPages.List + query)).Title);
    }
}
