using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Horilla.EndToEnd.Tests;

/// <summary>The pages of the admin panel other than those of outgoing mail, in a real browser.</summary>
public sealed class AdminPanelTests(EndToEndFixture stage) : IClassFixture<EndToEndFixture>
{
    [OwnHostTheory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Every_page_fits_the_window_and_is_accessible(int width, ColorScheme colors)
    {
        await using var window = await stage.OpenWindowAsync(width, colors: colors);
        await FitsAsync("Admin/Features", "features");
        await FitsAsync("Admin/Settings/general", "settings");
        await FitsAsync("Admin/Users/Index", "users");
        await FitsAsync("Admin/Users/Create", "user");
        await FitsAsync("Admin/Roles/Index", "roles");
        await FitsAsync("Admin/Roles/Create", "role");
        await FitsAsync("Admin/Features/Confirm?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Disable", "features-confirm");

        async Task FitsAsync(string url, string what)
        {
            await window.Page.GotoAsync(url);
            await window.AssertAccessibleAsync($"{what}-{width}-{colors.ToString().ToLowerInvariant()}");
            Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{what} is wider than {width} pixels.");
        }
    }

    [OwnHostFact]
    public async Task A_feature_can_be_disabled_and_enabled_with_its_buttons()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync("Admin/Features?search=outgoing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("The feature Outgoing Mail was disabled.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Outgoing Mail Server" })).ToHaveCountAsync(0);
        await page.GotoAsync("Admin/Features?search=outgoing");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Outgoing Mail" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply to selected" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enable", Exact = true }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("The feature Outgoing Mail was enabled.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Outgoing Mail Server" })).ToHaveCountAsync(1);
    }
}
