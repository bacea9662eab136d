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
    [InlineData(768, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Light)]
    public async Task Every_page_fits_the_window_and_is_accessible(int width, ColorScheme colors)
    {
        await using var window = await stage.OpenWindowAsync(width, colors: colors);
        await FitsAsync("Admin", "dashboard");
        await FitsAsync("Admin/Features", "features");
        await FitsAsync("Admin/Settings/general", "settings");
        await FitsAsync("Admin/Users/Index", "users");
        await FitsAsync("Admin/Users/Create", "user");
        await FitsAsync("Admin/Roles/Index", "roles");
        await FitsAsync("Admin/Roles/Create", "role");
        await FitsAsync("ChangePassword", "password");
        await FitsAsync("Invitation", "invitation");
        await FitsAsync("Admin/Features/Confirm?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Disable", "features-confirm");

        async Task FitsAsync(string url, string what)
        {
            await window.Page.GotoAsync(url);
            await window.AssertAccessibleAsync($"{what}-{width}-{colors.ToString().ToLowerInvariant()}");
            Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{what} is wider than {width} pixels.");
        }
    }

    [OwnHostFact]
    public async Task The_user_menu_closes_with_Escape_and_with_a_click_elsewhere_and_leads_to_the_password()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync("Admin");
        var menu = page.Locator(".ta-user summary");
        await menu.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();
        await menu.ClickAsync();
        await page.Locator("h1").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeHiddenAsync();

        await menu.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Change my password" }).ClickAsync();
        await Expect(page.GetByLabel("Current password")).ToBeFocusedAsync();
        await window.AssertAccessibleAsync("change-password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(page.Locator("#ta-current-error")).ToHaveTextAsync("Enter your current password.");
        await window.AssertAccessibleAsync("change-password-errors");
    }

    [OwnHostFact]
    public async Task The_menu_of_a_phone_closes_with_Escape_and_gives_the_focus_back()
    {
        await using var window = await stage.OpenWindowAsync(390);
        var page = window.Page;
        await page.GotoAsync("Admin");
        await page.GetByRole(AriaRole.Link, new() { Name = "Menu", Exact = true }).ClickAsync();
        await Expect(page.Locator("#ta-left-sidebar a[href$='/Admin/Features']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#ta-left-sidebar a[href$='/Admin/Features']")).ToBeHiddenAsync();
        await Expect(page.Locator(".ta-menu-open")).ToBeFocusedAsync();
    }

    [OwnHostFact]
    public async Task A_folded_group_of_the_menu_stays_folded_and_the_tab_names_the_page_first()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync("Admin/Users/Index");
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Users - "));
        var tenants = page.Locator("#ta-left-sidebar a[href$='/Admin/Tenants']");
        await Expect(tenants).ToBeVisibleAsync();
        await page.Locator("#ta-left-sidebar summary", new() { HasText = "Multi-Tenancy" }).ClickAsync();
        await Expect(tenants).ToBeHiddenAsync();
        await page.GotoAsync("Admin/Roles/Index");
        await Expect(page.Locator("#ta-left-sidebar a[href$='/Admin/Roles/Index']")).ToBeVisibleAsync();
        await Expect(tenants).ToBeHiddenAsync();

        // The group of the current page is open.
        await page.GotoAsync("Admin/Tenants");
        await Expect(tenants).ToBeVisibleAsync();
    }

    [OwnHostFact]
    public async Task A_message_can_be_dismissed()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync("Admin/Features/Confirm");
        await Expect(page.Locator("#messages .alert")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(page.Locator("#messages .alert")).ToHaveCountAsync(0);
    }

    [OwnHostFact]
    public async Task A_feature_can_be_disabled_and_enabled_with_its_buttons()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync("Admin/Features?search=outgoing");
        await page.GetByRole(AriaRole.Link, new() { Name = "Disable – Outgoing Mail" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Cancel" })).ToBeFocusedAsync();
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
