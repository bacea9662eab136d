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
    public async Task The_search_finds_an_internationalized_host_in_either_spelling()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Host", "bücher.example"));

        foreach (var typed in new[] { "bücher", "BÜCHER.example", "xn--bcher" })
        {
            Assert.Single((await admin.GetAsync($"{MailServerPages.List}?search={Uri.EscapeDataString(typed)}")).TextsOf("tbody tr"));
        }
    }

    [Theory]
    [InlineData("2525", "b")]
    [InlineData(":587", "a")]
    [InlineData("StartTLS", "a")]
    [InlineData("not encrypted", "b")]
    [InlineData("primary", "a")]
    [InlineData("outlook", "c")]
    [InlineData("sign-in req", "c")]
    [InlineData("never", "a")]
    [InlineData("failing", "b")]
    public async Task The_search_finds_what_the_rows_show(string typed, string expected)
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await CreateVariousAsync(admin);

        Assert.Equal([expected + "@list.example"], NamesOf(await admin.GetAsync($"{MailServerPages.List}?search={Uri.EscapeDataString(typed)}")));
    }

    [Fact]
    public async Task Filters_have_counts_and_combine_with_the_search()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        Assert.Empty((await admin.GetAsync(MailServerPages.List)).TextsOf(".om-filter"));
        await CreateVariousAsync(admin);
        var page = await admin.GetAsync(MailServerPages.List);

        Assert.Equal(["All 3", "Failing 1", "Sign-in required 1", "Never used 1"], page.TextsOf(".om-filter[aria-label=Status] a"));
        Assert.Equal(["All 3", "Outlook 1", "Mail 2"], page.TextsOf(".om-filter[aria-label=Type] a"));
        Assert.Equal(["All 3"], page.TextsOf(".om-filter[aria-label=Status] a[aria-current=true]"));

        page = await admin.GetAsync(LinkOf(page, "Failing"));
        Assert.Equal(["b@list.example"], NamesOf(page));
        Assert.Equal(["Failing 1"], page.TextsOf(".om-filter[aria-label=Status] a[aria-current=true]"));
        Assert.Empty(page.TextsOf(".om-filter[aria-label=Type] a"));
        Assert.Contains("status=failing", page.Url, StringComparison.Ordinal);

        page = await admin.GetAsync(page.Url + "&search=a%40list");
        Assert.Contains("No mail server matches “a@list”.", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(["All 1", "Failing 0", "Never used 1"], page.TextsOf(".om-filter[aria-label=Status] a"));
        Assert.Equal("failing", page.Document.QuerySelector("input[type=hidden][name=status]")?.GetAttribute("value"));

        page = await admin.GetAsync($"{MailServerPages.List}?status=nonsense&type=Mail");
        Assert.Equal(["a@list.example", "b@list.example"], NamesOf(page));
    }

    [Fact]
    public async Task The_page_size_can_be_chosen()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);

        for (var number = 0; number < 11; number++)
        {
            await MailServerPages.CreateAsync(admin);
        }

        var page = await admin.GetAsync(MailServerPages.List);
        Assert.Equal(10, NamesOf(page).Count);
        Assert.Equal(["10"], page.TextsOf(".om-page-sizes a[aria-current=true]"));

        page = await admin.GetAsync(page.Document.QuerySelectorAll(".om-page-sizes a").Single(link => link.TextContent == "25").GetAttribute("href")!);
        Assert.Equal(11, NamesOf(page).Count);
        Assert.Equal(["25"], page.TextsOf(".om-page-sizes a[aria-current=true]"));
    }

    [Theory]
    [InlineData("", "a@list.example", 1)]
    [InlineData("", "z@list.example", 3)]
    [InlineData("sort=username&direction=desc", "z@list.example", 1)]
    [InlineData("sort=type&direction=asc", "c1@list.example", 1)]
    public async Task After_saving_the_list_opens_at_the_row_of_the_server(string query, string name, int pageNumber)
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);

        foreach (var other in new[] { "p", "b1", "b2", "d1", "d2" })
        {
            await MailServerPages.CreateAsync(admin, ("Username", other + "@list.example"));
        }

        var list = $"{MailServerPages.List}?pageSize=2&{query}";
        var form = MailServerPages.Form(("Username", name));
        form["returnUrl"] = list;
        var saved = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(form);

        var row = RowOf(saved);
        Assert.Equal($"#om-server-{await MailServerPages.FindAsync(admin, name)}", row);
        Assert.Equal(pageNumber > 1, saved.Location!.Contains($"pagenum={MailServerPages.Invariant(pageNumber)}", StringComparison.Ordinal));
        Assert.Contains(name, (await admin.GetAsync(saved.Location)).TextOf($"tr{row}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_server_that_the_filter_hides_is_shown_in_the_complete_list()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName();
        var form = MailServerPages.Form(("Username", name));
        form["returnUrl"] = MailServerPages.List + "?search=something+else&pageSize=100";
        var saved = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(form);

        Assert.Contains(name, (await admin.GetAsync(saved.Location!)).TextOf($"tr{RowOf(saved)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_after_saving_offers_what_comes_next()
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName();
        var saved = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form(("Username", name)));
        var page = await admin.GetAsync(saved.Location!);

        Assert.Contains($"The mail server {name} was created. Send test mail", page.Messages);
        Assert.Equal(MailServerPages.Test(await MailServerPages.FindAsync(admin, name)), page.Document.QuerySelector("#messages a")?.GetAttribute("href"));

        var outlook = MailServerPages.UniqueName();
        saved = await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(OutlookServerPages.Form(site, outlook));
        page = await admin.GetAsync(saved.Location!);
        Assert.Contains($"The mail server {outlook} was created. Sign in to Microsoft", page.Messages);
        Assert.Contains($"{outlook} can't send email until you sign in to Microsoft.", page.Messages);
        var answer = await page.SubmitAsync(form: "#messages form");
        Assert.StartsWith(site.FakeMicrosoft.AuthorizationEndpoint(), answer.RedirectsTo!.AbsoluteUri, StringComparison.Ordinal);
    }

    private async Task CreateVariousAsync(WebBrowser admin)
    {
        await MailServerPages.CreateAsync(admin, ("Username", "a@list.example"), ("Host", "smtp.list.example"), ("DefaultFrom", "a@list.example"));
        var failing = await MailServerPages.CreateAsync(admin, ("Username", "b@list.example"), ("Host", "localhost"), ("Port", "2525"), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("DefaultFrom", "b@list.example"));
        await MailServerPages.SendTestAsync(admin, failing);
        await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(OutlookServerPages.Form(site, "c@list.example"));
    }

    /// <summary>Returns the fragment of a redirect, which names a row.</summary>
    private static string RowOf(WebPage saved) => saved.RedirectsTo!.OriginalString[saved.RedirectsTo.OriginalString.IndexOf('#', StringComparison.Ordinal)..];

    private static IReadOnlyList<string> NamesOf(WebPage page) => page.TextsOf("tbody .om-name");

    private static string LinkOf(WebPage page, string filter)
        => page.Document.QuerySelectorAll(".om-filter a").Single(link => link.TextContent.Trim().StartsWith(filter, StringComparison.Ordinal)).GetAttribute("href")!;

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
