using System.Net;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The settings page General.</summary>
public sealed class SettingsTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    private const string Url = "/Admin/Settings/general";

    [Fact]
    public async Task Saved_settings_take_effect()
    {
        using var admin = await running.SignInAsAdminAsync();
        var form = await admin.GetAsync(Url);
        Assert.Equal("General settings", form.Title);
        Assert.Equal("Test <Site> & Co", form.Fields()["ISite.SiteName"]);
        Assert.Equal("Etc/UTC", form.Fields()["ISite.TimeZone"]);
        var saved = await (await form.SubmitAsync(new()
        {
            ["ISite.SiteName"] = "Renamed <b>",
            ["ISite.TimeZone"] = "Europe/Berlin",
            ["ISite.PageSize"] = "25",
            ["ISite.BaseUrl"] = "https://crm.example.com",
        })).FollowAsync();

        Assert.Contains("The settings were saved.", saved.Messages);
        Assert.Contains("Renamed <b>", saved.TextOf("header"), StringComparison.Ordinal);
        Assert.Equal("Europe/Berlin", saved.Fields()["ISite.TimeZone"]);
        Assert.Equal("25", saved.Fields()["ISite.PageSize"]);
        Assert.Equal("https://crm.example.com/OutgoingMail/Outlook/Callback", (await admin.GetAsync("/Admin/OutgoingMail/Create/Outlook")).Fields()["OutgoingMailConfiguration.RedirectUri"]);
        await saved.SubmitAsync(new() { ["ISite.SiteName"] = "Test <Site> & Co", ["ISite.BaseUrl"] = "", ["ISite.TimeZone"] = "Etc/UTC" });
        Assert.Equal("", (await admin.GetAsync(Url)).Fields()["ISite.BaseUrl"]);
    }

    [Fact]
    public async Task The_page_size_takes_effect_on_the_next_request()
    {
        using var admin = await running.SignInAsAdminAsync();
        var form = await admin.GetAsync(Url);
        await form.SubmitAsync(new() { ["ISite.PageSize"] = "2" });
        Assert.Equal(2, (await admin.GetAsync("/Admin/Users/Index")).TextsOf(".ta-row").Count);
        await form.SubmitAsync(new() { ["ISite.PageSize"] = "10" });
        Assert.True((await admin.GetAsync("/Admin/Users/Index")).TextsOf(".ta-row").Count > 2);
    }

    [Theory]
    [InlineData("SiteName", "", "Enter the name")]
    [InlineData("SiteName", " ", "Enter the name")]
    [InlineData("TimeZone", "Moon/Crater", "Unknown time zone")]
    [InlineData("PageSize", "0", "from 1 to 100")]
    [InlineData("PageSize", "101", "from 1 to 100")]
    [InlineData("PageSize", "many", "from 1 to 100")]
    [InlineData("BaseUrl", "crm.example.com", "Enter the full address")]
    [InlineData("BaseUrl", "javascript:alert(1)", "Enter the full address")]
    [InlineData("BaseUrl", "https://crm.example.com/?x=1", "Enter the full address")]
    public async Task An_invalid_value_is_reported_at_its_field_and_nothing_is_saved(string field, string value, string message)
    {
        using var admin = await running.SignInAsAdminAsync();
        var before = (await admin.GetAsync(Url)).Fields();
        var page = await (await admin.GetAsync(Url)).SubmitAsync(new() { [$"ISite.{field}"] = value });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf($"[data-valmsg-for='ISite.{field}']"), StringComparison.Ordinal);
        Assert.Equal(before.Where(pair => pair.Key.StartsWith("ISite.", StringComparison.Ordinal)), (await admin.GetAsync(Url)).Fields().Where(pair => pair.Key.StartsWith("ISite.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Settings_require_a_permission_and_an_existing_group()
    {
        using var admin = await running.SignInAsAdminAsync();
        using var viewer = await running.SignInAsync("viewer");
        var token = (await viewer.GetAsync("/Horilla.TestHost/Token/Index")).Text;

        Assert.StartsWith("/Error/403", (await viewer.GetAsync(Url)).Location, StringComparison.Ordinal);
        Assert.StartsWith("/Error/403", (await viewer.PostAsync(Url, [new("__RequestVerificationToken", token), new("ISite.SiteName", "Taken over")])).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/Admin/Settings/nothing")).Status);
        Assert.Null((await viewer.GetAsync("/Admin")).Document.QuerySelector($"nav a[href$='{Url}']"));
    }
}
