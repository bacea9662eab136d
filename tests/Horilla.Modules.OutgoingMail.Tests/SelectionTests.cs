using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Deleting and testing several servers at once.</summary>
[Collection(SiteCollection.Name)]
public sealed class SelectionTests(SiteFixture site)
{
    private const string Delete = "/Admin/OutgoingMail/DeleteSelected";
    private const string Test = "/Admin/OutgoingMail/TestSelected";

    [Fact]
    public async Task Rows_can_be_selected_if_there_are_several()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin);
        Assert.Empty((await admin.GetAsync(MailServerPages.List)).TextsOf("#om-selection"));

        await MailServerPages.CreateAsync(admin, ("Username", "second@acme.example"));
        var page = await admin.GetAsync(MailServerPages.List);
        Assert.Equal(2, page.Document.QuerySelectorAll("tbody input[name=ids][form=om-selection]").Length);
        Assert.NotNull(page.Document.QuerySelector("tbody input[aria-label='Select second@acme.example']"));
        Assert.Equal([Test, Delete], page.Document.QuerySelectorAll("#om-selection button").Select(button => button.GetAttribute("formaction")));
    }

    [Fact]
    public async Task Deleting_names_the_servers_and_the_next_primary_first()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var ids = new List<string>();

        foreach (var name in "abcd")
        {
            ids.Add(await MailServerPages.CreateAsync(admin, ("Username", $"{name}@acme.example"), ("Host", $"{name}.acme.example")));
        }

        var page = await admin.GetAsync(Query(Delete, ids[0], ids[1]));
        Assert.Equal("Delete 2 mail servers", page.Title);
        Assert.Equal(["a@acme.example (a.acme.example:587, STARTTLS)", "b@acme.example (b.acme.example:587, STARTTLS)"], page.TextsOf("main li"));
        Assert.Contains("c@acme.example will become the primary", page.TextOf("section .alert"), StringComparison.Ordinal);
        Assert.Equal(4, (await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr").Count);

        var list = await PostAsync(page, Delete, ids[0], ids[1]);
        Assert.Contains("2 mail servers were deleted.", list.Messages);
        Assert.Contains("The primary mail server was among them. The new primary is c@acme.example.", list.Messages);
        Assert.Equal(["c@acme.example", "d@acme.example"], list.TextsOf("tbody .om-name"));

        page = await admin.GetAsync(Query(Delete, ids[2], ids[3]));
        Assert.Contains("Without them, this site can't send email.", page.TextOf("section .alert"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Testing_sends_through_each_server_and_shows_each_result()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var works = await MailServerPages.CreateAsync(admin, ("Username", EximServer.UserName), ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var fails = await MailServerPages.CreateAsync(admin, ("Username", "fails@acme.example"), ("Port", MailServerPages.Invariant(FreePort.Next())));

        var page = await admin.GetAsync(Query(Test, works, fails));
        Assert.Equal("Send test mail through 2 mail servers", page.Title);
        Assert.Equal(2, page.TextsOf("main li").Count);
        page = await PostAsync(page, Test, [("recipient", "not an address")], works, fails);
        Assert.Contains("isn't a valid email address", page.TextOf("#om-recipient-error"), StringComparison.Ordinal);
        Assert.Equal("not an address", page.Document.QuerySelector("#recipient")?.GetAttribute("value"));

        var recipient = MailServerPages.UniqueName("reader");
        page = await PostAsync(page, Test, [("recipient", recipient)], works, fails);
        Assert.Equal($"1 of 2 servers accepted the message for {recipient}", page.TextOf("#om-result h2"));
        Assert.Contains(page.TextsOf("#om-result li"), text => text == $"{EximServer.UserName} – Sent");
        Assert.Contains(page.TextsOf("#om-result li"), text => text.StartsWith("fails@acme.example – Not sent: localhost refused the connection", StringComparison.Ordinal));
        Assert.Equal(["Failing", "Working"], (await admin.GetAsync(MailServerPages.List)).TextsOf("tbody .om-status").Select(text => text.Split(' ')[0]).Order());
    }

    [Fact]
    public async Task An_empty_or_outdated_selection_leads_back_with_a_message()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin);

        foreach (var (address, message) in new[] { (Delete, "Nothing is selected. Select mail servers in the list first."), (Query(Test, "4xxxxxxxxxxxxxxxxxxxxxxxxx"), "The selected mail servers were already deleted.") })
        {
            var page = await admin.GetAsync(address);
            Assert.Equal(HttpStatusCode.Redirect, page.Status);
            Assert.Contains(message, (await page.FollowAsync()).Messages);
        }
    }

    private static string Query(string path, params string[] ids) => $"{path}?{string.Join('&', ids.Select(id => "ids=" + id))}";

    private static Task<WebPage> PostAsync(WebPage page, string path, params string[] ids) => PostAsync(page, path, [], ids);

    private static async Task<WebPage> PostAsync(WebPage page, string path, (string Name, string Value)[] values, params string[] ids)
    {
        var fields = page.Fields("main form[method=post]").Where(field => field.Key is not ("ids" or "recipient"));
        var answer = await page.Browser.PostAsync(path, [.. fields, .. values.Concat(ids.Select(id => ("ids", id))).Select(field => KeyValuePair.Create(field.Item1, field.Item2))]);

        return answer.Status == HttpStatusCode.Redirect ? await answer.FollowAsync() : answer;
    }
}
