using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class PrimaryTests(Site site)
{
    [Fact]
    public async Task The_first_one_is_the_primary_by_itself_and_the_second_is_not()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        await Servers.CreateAsync(admin, ("Username", "first@acme.example"));
        await Servers.CreateAsync(admin, ("Username", "second@acme.example"));

        Assert.Equal(["first@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Of_first_ones_at_the_same_moment_one_is_the_primary()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var forms = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => admin.GetAsync(Servers.New)));
        var answers = await Task.WhenAll(forms.Select((form, number) => form.SubmitAsync(Servers.Form(("Username", $"first-{number}@acme.example")))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Equal(6, (await admin.GetAsync(Servers.List)).All("tbody tr").Count);
        Assert.Single(await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Making_another_one_the_primary_moves_it()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        await Servers.CreateAsync(admin, ("Username", "first@acme.example"));
        var second = await Servers.CreateAsync(admin, ("Username", "second@acme.example"));
        var form = await admin.GetAsync(Servers.Edit(second));
        Assert.Contains("Now: first@acme.example.", form.One("#om-primary-help"), StringComparison.Ordinal);
        await form.SubmitAsync(new() { [Servers.Field("IsPrimary")] = "true" });

        Assert.Equal(["second@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task The_primary_cannot_be_switched_off()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var first = await Servers.CreateAsync(admin, ("Username", "first@acme.example"));
        await Servers.CreateAsync(admin, ("Username", "second@acme.example"));
        await (await admin.GetAsync(Servers.Edit(first))).SubmitAsync(new() { [Servers.Field("IsPrimary")] = "false" });

        Assert.Equal(["first@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Deleting_the_primary_moves_the_pointer_to_the_oldest_left_and_says_so()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        await Servers.CreateAsync(admin, ("Username", "z-oldest@acme.example"));
        await Servers.CreateAsync(admin, ("Username", "a-younger@acme.example"));
        var primary = await Servers.CreateAsync(admin, ("Username", "primary@acme.example"), ("IsPrimary", "true"));
        var question = await admin.GetAsync(Servers.Delete(primary));
        Assert.Contains("After it, z-oldest@acme.example will be the primary one.", question.One("main"), StringComparison.Ordinal);
        var list = await (await question.SubmitAsync()).FollowAsync();

        Assert.Contains("The mail server primary@acme.example was deleted.", list.Messages);
        Assert.Contains("It was the primary one. Now z-oldest@acme.example is the primary mail server.", list.Messages);
        Assert.Equal(["z-oldest@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Deleting_another_one_leaves_the_primary()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        await Servers.CreateAsync(admin, ("Username", "first@acme.example"));
        var second = await Servers.CreateAsync(admin, ("Username", "second@acme.example"));
        var list = await (await (await admin.GetAsync(Servers.Delete(second))).SubmitAsync()).FollowAsync();

        Assert.DoesNotContain(list.Messages, message => message.Contains("primary", StringComparison.Ordinal));
        Assert.Equal(["first@acme.example"], await PrimariesAsync(admin));
    }

    [Fact]
    public async Task Deleting_the_only_one_is_warned_of()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var only = await Servers.CreateAsync(admin);

        Assert.Contains("It is the only mail server", (await admin.GetAsync(Servers.Delete(only))).One("main"), StringComparison.Ordinal);
    }

    private static async Task<string[]> PrimariesAsync(WebBrowser browser)
        => [.. (await browser.GetAsync(Servers.List)).Document.QuerySelectorAll("tbody tr")
            .Where(row => row.QuerySelector(".text-bg-primary") is not null)
            .Select(row => row.QuerySelector(".om-name a")!.TextContent)];
}
