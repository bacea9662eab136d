using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Horilla.EndToEnd.Tests;

/// <summary>Tenants, in a real browser.</summary>
public sealed partial class TenantsTests(EndToEndFixture stage) : Xunit.IClassFixture<EndToEndFixture>
{
    private const string Password = "Password-7";

    [OwnHostFact]
    public async Task A_tenant_can_be_created_set_up_and_removed_and_its_mail_server_is_not_in_the_default_tenant()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await CreateAsync(page, "acme", "Blank: admin panel only");
        await Expect(page).ToHaveTitleAsync(new Regex("Set up this site"));
        await SetUpAsync(page);

        await page.GotoAsync("acme/Admin");
        await page.FillAsync("[name='LoginForm.UserName']", "boss");
        await page.FillAsync("[name='LoginForm.Password']", Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Outgoing Mail Server" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Tenants" })).ToHaveCountAsync(0);

        await page.GotoAsync("acme/Admin/Features?search=outgoing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enable" }).First.ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("The feature Outgoing Mail was enabled.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Outgoing Mail Server" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Select Other" }).ClickAsync();
        await window.FillAsync("info@acme.example", stage.Exim.StartTlsPort, "Yes");
        await window.SaveAsync();
        await Expect(window.Row("info@acme.example")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("/acme/Admin/OutgoingMail#om-server-"));

        await page.GotoAsync(AdminWindow.List);
        await Expect(page.Locator("main")).Not.ToContainTextAsync("info@acme.example");

        await page.GotoAsync("Admin/Tenants?search=acme");
        await page.GetByRole(AriaRole.Link, new() { Name = "Disable – acme" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("its site is offline");
        await window.AssertAccessibleAsync("tenant-disable");
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("The tenant acme was disabled.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove – acme" }).ClickAsync();
        await page.FillAsync("[name=Confirmation]", "acme");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the tenant and its data" }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("The tenant acme was removed with its data.");
        await page.GotoAsync("Admin/Tenants?search=acme");
        await Expect(page.Locator("a[href='/Admin/Tenants/Edit/acme']")).ToHaveCountAsync(0);
    }

    [OwnHostFact]
    public async Task The_form_shows_the_fields_of_the_selected_database()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync("Admin/Tenants/Create");
        await Expect(page.Locator("[name=ConnectionString]")).ToBeHiddenAsync();
        await page.Locator("[name=DatabaseProvider]").SelectOptionAsync("PostgreSQL");
        await Expect(page.Locator("[name=ConnectionString]")).ToBeVisibleAsync();
        await page.FillAsync("[name=Name]", "globex");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create and set up" }).ClickAsync();
        await Expect(page.Locator("[data-valmsg-for=ConnectionString]")).ToContainTextAsync("Enter the connection string");
        await Expect(page.Locator("[data-valmsg-for=RequestUrlPrefix]")).ToContainTextAsync("Enter a prefix");
        await Expect(page.Locator("[name=Name]")).ToHaveValueAsync("globex");
        await window.AssertAccessibleAsync("tenant-errors-1280-light");

        // Without scripts, all fields are visible.
        await using var plain = await stage.OpenWindowAsync(scripts: false);
        await plain.Page.GotoAsync("Admin/Tenants/Create");
        await Expect(plain.Page.Locator("[name=ConnectionString]")).ToBeVisibleAsync();
    }

    [OwnHostTheory]
    [Xunit.InlineData(390, ColorScheme.Light)]
    [Xunit.InlineData(390, ColorScheme.Dark)]
    [Xunit.InlineData(1280, ColorScheme.Light)]
    [Xunit.InlineData(1280, ColorScheme.Dark)]
    public async Task Every_page_fits_the_window_and_is_accessible(int width, ColorScheme colors)
    {
        await using var window = await stage.OpenWindowAsync(width, colors: colors);
        var page = window.Page;
        var name = $"fits-{width}-{colors}";
        await CreateAsync(page, name, "Blank: admin panel only");
        await FitsAsync("set-up");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await FitsAsync("set-up-errors");
        await page.GotoAsync(name);
        await FitsAsync("set-up-refused");
        window.ForgetErrors();

        foreach (var (url, what) in new[] { ("Admin/Tenants", "tenants"), ("Admin/Tenants/Create", "tenant"), ($"Admin/Tenants/Edit/{name}", "tenant-edit"), ("Admin/Tenants/Edit/Default", "tenant-default"), ($"Admin/Tenants/Remove/{name}", "tenant-remove"), ("Admin/Tenants?search=nothing", "tenants-none") })
        {
            await page.GotoAsync(url);
            await FitsAsync(what);
        }

        async Task FitsAsync(string what)
        {
            await window.AssertAccessibleAsync($"{what}-{width}-{colors.ToString().ToLowerInvariant()}");
            Xunit.Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{what} is wider than {width} pixels.");
        }
    }

    private static async Task CreateAsync(IPage page, string name, string recipe)
    {
        await page.GotoAsync("Admin/Tenants");
        await page.GetByRole(AriaRole.Link, new() { Name = "New tenant" }).ClickAsync();
        await page.FillAsync("[name=Name]", name);
        await page.FillAsync("[name=Description]", "Acme, on their own");
        await page.FillAsync("[name=RequestUrlPrefix]", name);
        await page.Locator("[name=RecipeName]").SelectOptionAsync(recipe);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create and set up" }).ClickAsync();
    }

    private static async Task SetUpAsync(IPage page)
    {
        await page.FillAsync("[name=SiteName]", "Acme Ltd, sales");
        await page.FillAsync("[name=UserName]", "boss");
        await page.FillAsync("[name=Email]", "boss@acme.example");
        await page.FillAsync("[name=Password]", Password);
        await page.FillAsync("[name=PasswordConfirmation]", Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Expect(page.Locator("[name=PasswordConfirmation]")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
    }
}
