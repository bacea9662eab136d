using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class PrimaryTests(SiteFixture site)
{
    [Fact]
    public async Task The_first_server_becomes_primary_automatically_and_the_second_does_not()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Username", "first@acme.example"));
        await MailServerPages.CreateAsync(admin, ("Username", "second@acme.example"));

        Assert.Equal(["first@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Only_one_of_several_first_servers_created_concurrently_becomes_primary()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var forms = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => admin.GetAsync(MailServerPages.New)));
        var answers = await Task.WhenAll(forms.Select((form, number) => form.SubmitAsync(MailServerPages.Form(("Username", $"first-{number}@acme.example")))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Equal(6, (await admin.GetAsync(MailServerPages.List)).TextsOf("tbody tr").Count);
        Assert.Single(await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Making_another_server_primary_replaces_the_primary_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Username", "first@acme.example"));
        var second = await MailServerPages.CreateAsync(admin, ("Username", "second@acme.example"));
        var form = await admin.GetAsync(MailServerPages.Edit(second));
        Assert.Contains("Current primary: first@acme.example.", form.TextOf("#om-primary-help"), StringComparison.Ordinal);
        await form.SubmitAsync(new() { [MailServerPages.Field("IsPrimary")] = "true" });

        Assert.Equal(["second@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task A_server_becomes_primary_from_its_row_and_the_list_returns_to_where_it_was()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Username", "first@acme.example"));
        var second = await MailServerPages.CreateAsync(admin, ("Username", "second@acme.example"));
        var list = await admin.GetAsync($"{MailServerPages.List}?sort=username&direction=desc");
        Assert.Single(list.Document.QuerySelectorAll("form[action*='/MakePrimary/']"));
        var page = await (await list.SubmitAsync(form: $"main form[action*='/MakePrimary/{second}']")).FollowAsync();

        Assert.EndsWith("?sort=username&direction=desc", page.Url, StringComparison.Ordinal);
        Assert.Contains("second@acme.example is now the primary mail server.", page.Messages);
        Assert.Equal(["second@acme.example"], await PrimariesAsync(admin));
        Assert.Equal(HttpStatusCode.NotFound, (await list.SubmitAsync(form: $"main form[action*='/MakePrimary/{second}']", action: "/Admin/OutgoingMail/MakePrimary/none")).Status);
    }

    [Fact]
    public async Task The_primary_server_is_first_on_the_first_page_only_and_no_server_is_missing()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);

        foreach (var letter in "eabcd")
        {
            await MailServerPages.CreateAsync(admin, ("Username", $"{letter}@acme.example"));
        }

        string[] Names(WebPage page) => [.. page.Document.QuerySelectorAll("tbody .om-name a").Select(link => link.TextContent[..1])];
        var pages = new List<string>();

        for (var number = 1; number <= 3; number++)
        {
            pages.AddRange(Names(await admin.GetAsync($"{MailServerPages.List}?pageSize=2&pagenum={number}")));
        }

        Assert.Equal(["e", "a", "b", "c", "d"], pages);
        Assert.Equal(["e"], Names(await admin.GetAsync($"{MailServerPages.List}?pageSize=1")));
        Assert.Equal(["a"], Names(await admin.GetAsync($"{MailServerPages.List}?pageSize=1&pagenum=2")));
        Assert.Equal(["b"], Names(await admin.GetAsync($"{MailServerPages.List}?search=b%40acme")));
    }

    [Fact]
    public async Task The_primary_server_cannot_be_deselected()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var first = await MailServerPages.CreateAsync(admin, ("Username", "first@acme.example"));
        await MailServerPages.CreateAsync(admin, ("Username", "second@acme.example"));
        await (await admin.GetAsync(MailServerPages.Edit(first))).SubmitAsync(new() { [MailServerPages.Field("IsPrimary")] = "false" });

        Assert.Equal(["first@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Deleting_the_primary_server_makes_the_oldest_remaining_one_primary_and_says_so()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Username", "z-oldest@acme.example"));
        await MailServerPages.CreateAsync(admin, ("Username", "a-younger@acme.example"));
        var primary = await MailServerPages.CreateAsync(admin, ("Username", "primary@acme.example"), ("IsPrimary", "true"));
        var question = await admin.GetAsync(MailServerPages.Delete(primary));
        Assert.Contains("After you delete it, z-oldest@acme.example will become the primary.", question.TextOf("main"), StringComparison.Ordinal);
        var list = await (await question.SubmitAsync()).FollowAsync();

        Assert.Contains("The mail server primary@acme.example was deleted.", list.Messages);
        Assert.Contains("It was the primary mail server. The new primary is z-oldest@acme.example.", list.Messages);
        Assert.Equal(["z-oldest@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Deleting_another_server_keeps_the_primary_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Username", "first@acme.example"));
        var second = await MailServerPages.CreateAsync(admin, ("Username", "second@acme.example"));
        var list = await (await (await admin.GetAsync(MailServerPages.Delete(second))).SubmitAsync()).FollowAsync();

        Assert.DoesNotContain(list.Messages, message => message.Contains("primary", StringComparison.Ordinal));
        Assert.Equal(["first@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Deleting_the_only_server_shows_a_warning()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var only = await MailServerPages.CreateAsync(admin);

        Assert.Contains("This is the only mail server", (await admin.GetAsync(MailServerPages.Delete(only))).TextOf("main"), StringComparison.Ordinal);
    }

    private static async Task<string[]> PrimariesAsync(WebBrowser browser)
        => [.. (await browser.GetAsync(MailServerPages.List)).Document.QuerySelectorAll("tbody tr")
            .Where(row => row.QuerySelector(".text-bg-primary") is not null)
            .Select(row => row.QuerySelector(".om-name a")!.TextContent)];

    [Fact]
    public async Task Messages_that_nobody_has_seen_do_not_add_up()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var names = new List<string>();

        for (var number = 0; number < 6; number++)
        {
            names.Add(MailServerPages.UniqueName());
            await MailServerPages.CreateAsync(admin, ("Username", names[^1]));
        }

        var ids = new List<string>();

        foreach (var name in names.Skip(1))
        {
            ids.Add(await MailServerPages.FindAsync(admin, name));
        }

        var list = await admin.GetAsync(MailServerPages.List);

        foreach (var id in ids)
        {
            await list.SubmitAsync(form: $"form[action$='/MakePrimary/{id}']");
        }

        Assert.Equal(3, (await admin.GetAsync(MailServerPages.List)).Messages.Count);
        Assert.Empty((await admin.GetAsync(MailServerPages.List)).Messages);
    }
}
