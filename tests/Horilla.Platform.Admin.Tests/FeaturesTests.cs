using System.Net;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Features, enabled and disabled while the host runs.</summary>
public sealed class FeaturesTests(RunningHost running) : IClassFixture<RunningHost>
{
    private const string List = "/Admin/Features";
    private const string Mail = "Horilla.Modules.OutgoingMail";

    [Fact]
    public async Task The_list_names_every_feature_with_what_it_needs_and_takes_along()
    {
        using var admin = await running.AdminAsync();
        var page = await admin.GetAsync(List);

        Assert.Equal("Features", page.Title);
        Assert.Contains("Messaging", page.All("main h2"));
        var mail = page.One($"[id='{Mail}']")!;
        Assert.Contains("Outgoing Mail Enabled", mail, StringComparison.Ordinal);
        Assert.Contains("Needs ", mail, StringComparison.Ordinal);
        Assert.Contains("Disabling it also disables Test Host.", mail, StringComparison.Ordinal);
        Assert.Contains("Always enabled", page.One("[id='OrchardCore.Features']"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outgoing", 1)]
    [InlineData("MESSAGING", 2)]
    [InlineData("no such feature", 0)]
    public async Task The_search_looks_at_name_category_and_description(string search, int found)
    {
        using var admin = await running.AdminAsync();

        Assert.Equal(found, (await admin.GetAsync($"{List}?search={Uri.EscapeDataString(search)}")).All(".ta-row").Count);
    }

    [Fact]
    public async Task A_disabled_feature_is_gone_with_the_next_request_and_comes_back_with_its_data()
    {
        using var admin = await running.AdminAsync();
        await (await admin.GetAsync("/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            ["OutgoingMailConfiguration.Host"] = "smtp.example.com",
            ["OutgoingMailConfiguration.Username"] = "kept@example.com",
            ["OutgoingMailConfiguration.Password"] = "secret",
            ["OutgoingMailConfiguration.DefaultFrom"] = "kept@example.com",
            ["OutgoingMailConfiguration.DisplayName"] = "Kept",
        });

        // Named before it happens.
        var question = await admin.GetAsync($"{List}/Confirm?featureIds={Mail}&BulkAction=Disable");
        Assert.Contains("Outgoing Mail", question.All("main li"));
        Assert.Contains("Test Host", question.All("main .alert li"));
        var list = await (await question.SubmitAsync()).FollowAsync();
        Assert.Contains("The feature Outgoing Mail was disabled.", list.Messages);

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/OutgoingMail/Outlook/Callback")).Status);
        Assert.Null(list.Document.QuerySelector("nav a[href$='/Admin/OutgoingMail']"));
        Assert.Contains("Enabling it also enables Outgoing Mail.", list.One("[id='Horilla.TestHost']"), StringComparison.Ordinal);

        var back = await list.SubmitAsync(form: "main form#ta-change[method=post]", action: $"{List}/Horilla.TestHost/Enable");
        Assert.Contains("The feature Test Host was enabled.", (await back.FollowAsync()).Messages);
        Assert.Contains("kept@example.com", (await admin.GetAsync("/Admin/OutgoingMail")).One("tbody"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OrchardCore.Features")]
    [InlineData("OrchardCore.Users")]
    [InlineData("OrchardCore.Settings")]
    [InlineData("No.Such.Feature")]
    public async Task What_the_page_stands_on_cannot_be_disabled(string feature)
    {
        using var admin = await running.AdminAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await (await admin.GetAsync(List)).SubmitAsync(form: "main form#ta-change", action: $"{List}/{feature}/Disable")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(List)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?BulkAction=Enable")]
    [InlineData("?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Enable")]
    [InlineData("?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Explode")]
    public async Task A_change_of_nothing_is_told(string query)
    {
        using var admin = await running.AdminAsync();

        Assert.Contains((await admin.OpenAsync($"{List}/Confirm{query}")).Messages, message => message.StartsWith("Nothing would change", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Features_take_a_permission()
    {
        using var viewer = await running.AsAsync("viewer");

        Assert.StartsWith("/Error/403", (await viewer.GetAsync(List)).Location, StringComparison.Ordinal);
        Assert.StartsWith("/Error/403", (await viewer.GetAsync($"{List}/Confirm?featureIds={Mail}&BulkAction=Disable")).Location, StringComparison.Ordinal);
        var token = (await viewer.GetAsync("/Horilla.TestHost/Token/Index")).Text;

        foreach (var url in new[] { List, $"{List}/{Mail}/Enable", $"{List}/{Mail}/Disable" })
        {
            Assert.StartsWith("/Error/403", (await viewer.PostAsync(url, [new("__RequestVerificationToken", token), new("featureIds", Mail), new("BulkAction", "Disable")])).Location, StringComparison.Ordinal);
        }

        Assert.Null((await viewer.GetAsync("/Admin")).Document.QuerySelector("nav a[href$='/Admin/Features']"));
    }
}
