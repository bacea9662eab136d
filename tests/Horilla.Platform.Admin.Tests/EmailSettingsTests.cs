using System.Net;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>The settings page Email.</summary>
public sealed class EmailSettingsTests(TestHostFixture running) : IClassFixture<TestHostFixture>
{
    private const string Url = "/Admin/Settings/email";
    private const string Field = "EmailSettings.DefaultProvider";

    [Fact]
    public async Task The_tenants_mail_servers_can_be_chosen_as_the_default_provider()
    {
        using var admin = await running.SignInAsAdminAsync();
        var form = await admin.GetAsync(Url);
        Assert.Equal("Email", form.Title);
        Assert.Equal("", form.Fields()[Field]);
        Assert.Contains("Horilla Outgoing Mail", form.TextsOf("option"));
        var saved = await (await form.SubmitAsync(new() { [Field] = "Horilla Outgoing Mail" })).FollowAsync();

        Assert.Contains("The settings were saved.", saved.Messages);
        Assert.Equal("Horilla Outgoing Mail", saved.Fields()[Field]);
        Assert.NotNull(saved.Document.QuerySelector($"nav a[href$='{Url}']"));
    }

    [Fact]
    public async Task An_unknown_provider_is_rejected()
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(Url)).SubmitAsync(new() { [Field] = "Pigeons" });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("This provider is no longer available. Choose one from the list.", page.TextOf($"[data-valmsg-for='{Field}']"));
    }

    [Fact]
    public async Task The_settings_require_a_permission()
    {
        using var viewer = await running.SignInAsync("viewer");
        var token = (await viewer.GetAsync("/Horilla.TestHost/Token/Index")).Text;

        Assert.StartsWith("/Error/403", (await viewer.GetAsync(Url)).Location, StringComparison.Ordinal);
        Assert.StartsWith("/Error/403", (await viewer.PostAsync(Url, [new("__RequestVerificationToken", token), new(Field, "")])).Location, StringComparison.Ordinal);
        Assert.Null((await viewer.GetAsync("/Admin")).Document.QuerySelector($"nav a[href$='{Url}']"));
    }
}
