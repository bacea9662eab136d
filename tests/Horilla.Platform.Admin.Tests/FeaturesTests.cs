using System.Net;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Enables and disables features while the host runs.</summary>
public sealed class FeaturesTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    private const string List = "/Admin/Features";
    private const string Mail = "Horilla.Modules.OutgoingMail";

    [Fact]
    public async Task The_list_shows_each_feature_with_its_dependencies_and_dependents()
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await admin.GetAsync(List);

        Assert.Equal("Features", page.Title);
        Assert.Contains("Messaging", page.TextsOf("main h2"));
        var mail = page.TextOf($"[id='{Mail}']")!;
        Assert.Contains("Outgoing Mail Enabled", mail, StringComparison.Ordinal);
        Assert.Contains("Requires ", mail, StringComparison.Ordinal);
        Assert.Contains("Disabling it also disables Test Host.", mail, StringComparison.Ordinal);
        Assert.Contains("Always enabled", page.TextOf("[id='OrchardCore.Features']"), StringComparison.Ordinal);
        Assert.Equal($"{List}/Confirm?featureIds={Mail}&bulkAction=Disable", page.Document.QuerySelector($"[id='{Mail}'] a")?.GetAttribute("href"));
    }

    [Theory]
    [InlineData("outgoing", 1)]
    [InlineData("MESSAGING", 2)]
    [InlineData("no such feature", 0)]
    public async Task The_search_covers_name_category_and_description(string search, int found)
    {
        using var admin = await running.SignInAsAdminAsync();

        Assert.Equal(found, (await admin.GetAsync($"{List}?search={Uri.EscapeDataString(search)}")).TextsOf(".ta-row").Count);
    }

    [Fact]
    public async Task Disabling_a_feature_takes_effect_on_the_next_request_and_keeps_its_data()
    {
        using var admin = await running.SignInAsAdminAsync();
        await (await admin.GetAsync("/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            ["OutgoingMailConfiguration.Host"] = "smtp.example.com",
            ["OutgoingMailConfiguration.Username"] = "kept@example.com",
            ["OutgoingMailConfiguration.Password"] = "secret",
            ["OutgoingMailConfiguration.DefaultFrom"] = "kept@example.com",
            ["OutgoingMailConfiguration.DisplayName"] = "Kept",
        });

        // The confirmation page lists the changes.
        var question = await admin.GetAsync($"{List}/Confirm?featureIds={Mail}&BulkAction=Disable");
        Assert.Contains("Outgoing Mail", question.TextsOf("main li"));
        Assert.Contains("Test Host", question.TextsOf("main .alert li"));
        var list = await (await question.SubmitAsync()).FollowAsync();
        Assert.Contains("The feature Outgoing Mail was disabled.", list.Messages);
        Assert.Equal("Also disabled: Test Host.", list.TextOf(".ta-note"));
        Assert.Null((await admin.GetAsync(List)).TextOf(".ta-note"));

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/Admin/OutgoingMail")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/OutgoingMail/Outlook/Callback")).Status);
        Assert.Null(list.Document.QuerySelector("nav a[href$='/Admin/OutgoingMail']"));
        Assert.Contains("Enabling it also enables Outgoing Mail.", list.TextOf("[id='Horilla.TestHost']"), StringComparison.Ordinal);

        var back = await list.SubmitAsync(form: "main form#ta-change[method=post]", action: $"{List}/Horilla.TestHost/Enable");
        var enabled = await back.FollowAsync();
        Assert.Contains("The feature Test Host was enabled.", enabled.Messages);
        Assert.Equal("Also enabled: Outgoing Mail.", enabled.TextOf(".ta-note"));
        Assert.Contains("kept@example.com", (await admin.GetAsync("/Admin/OutgoingMail")).TextOf("tbody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulk_action_names_the_features_that_it_does_not_change()
    {
        using var admin = await running.SignInAsAdminAsync();
        var already = await admin.OpenAsync($"{List}/Confirm?featureIds={Mail}&BulkAction=Enable");
        Assert.Equal(["Nothing to change: Outgoing Mail already enabled."], already.Messages);
        var disabled = (await admin.GetAsync(List)).Document.QuerySelectorAll("button[formaction$='/Enable']").First().GetAttribute("formaction")!.Split('/')[^2];
        var question = await admin.GetAsync($"{List}/Confirm?featureIds={Mail}&featureIds={disabled}&BulkAction=Enable");
        Assert.Contains("Already enabled, so not changed: Outgoing Mail.", question.TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OrchardCore.Features")]
    [InlineData("OrchardCore.Users")]
    [InlineData("OrchardCore.Settings")]
    [InlineData("No.Such.Feature")]
    public async Task Features_that_the_page_depends_on_cannot_be_disabled(string feature)
    {
        using var admin = await running.SignInAsAdminAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await (await admin.GetAsync(List)).SubmitAsync(form: "main form#ta-change", action: $"{List}/{feature}/Disable")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(List)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?BulkAction=Enable")]
    [InlineData("?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Enable")]
    [InlineData("?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Explode")]
    public async Task A_change_without_effect_is_reported(string query)
    {
        using var admin = await running.SignInAsAdminAsync();

        Assert.Contains((await admin.OpenAsync($"{List}/Confirm{query}")).Messages, message => message.StartsWith("Nothing to change", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Features_require_a_permission()
    {
        using var viewer = await running.SignInAsync("viewer");

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
