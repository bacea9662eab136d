using System.Text.RegularExpressions;
using Horilla.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Horilla.EndToEnd.Tests;

/// <summary>Manages mail servers as an administrator does, in a real browser.</summary>
public sealed class OutgoingMailTests(EndToEndFixture stage) : IClassFixture<EndToEndFixture>
{
    private static string Unique(string about) => $"{about}-{Guid.NewGuid().ToString("N")[..8]}@acme.example";

    [Fact]
    public async Task An_admin_creates_searches_sorts_edits_tests_and_deletes_a_server()
    {
        var domain = $"{Guid.NewGuid():N}.example";
        var (first, second) = ($"b-first@{domain}", $"a-second@{domain}");
        var subject = $"Acme {Guid.NewGuid():N}";
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;

        // Create servers with the menu, the dialog and the form.
        await page.GotoAsync("Admin");
        await window.OpenMenuEntryAsync("Settings", "Mail", "Outgoing Mail Server");
        await page.GetByRole(AriaRole.Link, new() { Name = "New", Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Select Mail Server Type");
        await window.AssertAccessibleAsync("select-type");
        await page.GetByRole(AriaRole.Link, new() { Name = "Select Other" }).ClickAsync();
        await window.FillAsync(first, stage.Exim.StartTlsPort, "Yes", subject);
        await window.SaveAsync();
        await Expect(window.Message($"{first} was created")).ToBeVisibleAsync();

        await window.NewAsync();
        await window.FillAsync(second, stage.Exim.StartTlsPort, "Yes");
        await window.SaveAsync();
        await Expect(window.Row(second)).ToBeVisibleAsync();
        await window.AssertAccessibleAsync("list");

        // Search and sort.
        await page.GetByRole(AriaRole.Searchbox).FillAsync(subject);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("search="));

        // Only these two: the servers of other tests could push one of them to the next page.
        await page.GotoAsync($"{AdminWindow.List}?search={domain}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Email Host Username" }).ClickAsync();
        await Expect(page.Locator("th").First).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync([second, first]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Email Host Username" }).ClickAsync();
        await Expect(page.Locator("th").First).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync([first, second]);

        // Edit: enter the user name that the server knows.
        await window.Row(first).GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await Expect(window.Field("Password")).ToHaveValueAsync("");
        await window.Field("Username").FillAsync(EximServer.UserName);

        if (!stage.TrustsMailServer)
        {
            await window.Field("Port").FillAsync(stage.Exim.NoAuthPort.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await window.Field("UseTls").SelectOptionAsync("No");
            await window.Field("NeedsNoSignIn").CheckAsync();
        }

        await page.GetByLabel("Send to").FillAsync("reader@example.com");
        await Expect(page.Locator("#om-recipient-echo")).ToHaveTextAsync("to reader@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and send test mail" }).ClickAsync();

        // Test: the message arrives.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Send test mail through {EximServer.UserName}" })).ToBeVisibleAsync();
        await Expect(page.Locator("#om-result")).ToContainTextAsync("Sent: the server accepted the message");
        await window.AssertAccessibleAsync("test-sent");
        Assert.Equal("reader@example.com", (await ReceivedMessage.WaitAsync(stage.Exim.ReceivedFolder, subject)).Message.To.ToString());
        await page.GotoAsync($"{AdminWindow.List}?search={subject}");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("just now");

        // Test in the dialog of the list: the sign-in is rejected.
        await page.GotoAsync($"{AdminWindow.List}?search={second}");
        await window.Row(second).GetByRole(AriaRole.Link, new() { Name = "Send test mail" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("#om-result")).ToContainTextAsync("Not sent:");
        await window.AssertAccessibleAsync("test-failed");
        await page.Keyboard.PressAsync("Escape");
        await Expect(window.Row(second)).ToContainTextAsync("Failing just now");
        await window.Row(second).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Details") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("How to fix it:");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        // Delete, after a confirmation in which Enter doesn't delete.
        await window.Row(second).GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(second);
        await window.AssertAccessibleAsync("delete");
        await page.GetByRole(AriaRole.Dialog).GetByText("Cancel").ClickAsync();
        await Expect(window.Row(second)).ToBeVisibleAsync();
        await window.Row(second).GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(window.Message($"{second} was deleted")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_choice_of_security_and_the_fields_below_it_follow_each_other()
    {
        await using var window = await stage.OpenWindowAsync();
        await window.NewAsync();
        var security = window.Page.GetByLabel("Security");
        await Expect(security).ToHaveValueAsync("starttls");
        await security.SelectOptionAsync("SSL/TLS");
        await Expect(window.Field("UseTls")).ToHaveValueAsync("false");
        await Expect(window.Field("UseSsl")).ToHaveValueAsync("true");
        await Expect(window.Field("Port")).ToHaveValueAsync("465");
        await window.Field("UseSsl").SelectOptionAsync("No");
        await Expect(security).ToHaveValueAsync("none");

        // A port that isn't a usual one stays.
        await window.Field("Port").FillAsync("2525");
        await security.SelectOptionAsync("STARTTLS");
        await Expect(window.Field("UseTls")).ToHaveValueAsync("true");
        await Expect(window.Field("Port")).ToHaveValueAsync("2525");
    }

    [Fact]
    public async Task The_user_name_proposes_provider_and_sender()
    {
        await using var window = await stage.OpenWindowAsync();
        await window.NewAsync();
        await Expect(window.Page.Locator("[data-om-provider-hint='']")).ToBeVisibleAsync();
        await window.Field("Username").FillAsync("ann@gmail.com");
        await window.Field("Username").BlurAsync();
        await Expect(window.Field("Host")).ToHaveValueAsync("smtp.gmail.com");
        await Expect(window.Field("Provider")).ToHaveValueAsync("gmail");
        await Expect(window.Field("DefaultFrom")).ToHaveValueAsync("ann@gmail.com");
        await Expect(window.Page.Locator("[data-om-provider-hint=gmail]")).ToBeVisibleAsync();

        // What was entered isn't replaced.
        await window.Field("Username").FillAsync("ann@yahoo.com");
        await window.Field("Username").BlurAsync();
        await Expect(window.Field("Host")).ToHaveValueAsync("smtp.gmail.com");
        await Expect(window.Field("DefaultFrom")).ToHaveValueAsync("ann@gmail.com");
        await window.Field("Host").FillAsync("icloud.com");
        await window.Field("Host").BlurAsync();
        await Expect(window.Field("Host")).ToHaveValueAsync("smtp.mail.me.com");
    }

    [Fact]
    public async Task Testing_without_saving_keeps_what_was_typed_and_leaving_asks()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        var name = Unique("unsaved");
        await window.NewAsync();
        await window.FillAsync(name, 0, "Yes");
        await page.GetByLabel("Send to").FillAsync("reader@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test without saving" }).ClickAsync();
        await Expect(page.Locator("#om-port-error")).ToContainTextAsync("Enter a port");
        await Expect(window.Field("Port")).ToBeFocusedAsync();
        await Expect(window.Field("Port")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(window.Field("Password")).ToHaveValueAsync(EximServer.Password);

        await window.Field("Port").FillAsync(FreePort.Next().ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Test without saving" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("#om-result")).ToContainTextAsync("Not sent: localhost refused the connection");
        await window.AssertAccessibleAsync("test-unsaved");
        await page.Keyboard.PressAsync("Escape");
        await Expect(window.Field("Password")).ToHaveValueAsync(EximServer.Password);
        await Expect(page.Locator("#om-port-error")).ToBeEmptyAsync();

        var asked = new TaskCompletionSource<string>();
        page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.AcceptAsync();
        };
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Outgoing Mail Server", Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync($"{AdminWindow.List}?search={name}");
        await Expect(page.Locator("main, .ta-content").First).ToContainTextAsync("No mail server matches");
    }

    [Fact]
    public async Task Several_servers_are_tested_and_deleted_at_once()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        var marker = Guid.NewGuid().ToString("N")[..8];

        foreach (var number in new[] { 1, 2 })
        {
            await window.NewAsync();
            await window.FillAsync($"{marker}-{number}@acme.example", FreePort.Next(), "Yes");
            await window.SaveAsync();
            await Expect(page.Locator("tr:target")).ToContainTextAsync($"{marker}-{number}");
        }

        await page.GotoAsync($"{AdminWindow.List}?search={marker}");
        await Expect(page.Locator("#om-selection button").First).ToBeDisabledAsync();
        await page.GetByLabel("Select all").CheckAsync();
        await Expect(page.Locator("#om-selection")).ToContainTextAsync("2 selected");
        await page.Locator("#om-selection").GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Send test mail through 2 mail servers");
        await window.AssertAccessibleAsync("test-selected");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Send to").FillAsync("reader@example.com");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("0 of 2 servers accepted the message");
        await window.AssertAccessibleAsync("test-selected-result");
        await page.Keyboard.PressAsync("Escape");
        await Expect(window.Row($"{marker}-1")).ToContainTextAsync("Failing just now");

        await page.Locator("#om-selection").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Delete 2 mail servers");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await window.AssertAccessibleAsync("delete-selected");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete 2 mail servers" }).ClickAsync();
        await Expect(window.Message("2 mail servers were deleted.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_page_of_a_server_has_its_actions_with_names()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        var name = Unique("page");
        await window.NewAsync();
        await window.FillAsync(name, FreePort.Next(), "Yes");
        await window.SaveAsync();
        await window.Row(name).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeVisibleAsync();
        await Expect(page.GetByText("Maximum connections")).ToBeVisibleAsync();
        await window.AssertAccessibleAsync("details");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Send test mail – {name}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(name);
    }

    [Fact]
    public async Task A_click_beside_a_dialog_closes_it_unless_something_was_typed()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        var name = Unique("beside");
        await window.NewAsync();
        await window.FillAsync(name, FreePort.Next(), "Yes");
        await window.SaveAsync();
        await window.Row(name).GetByRole(AriaRole.Link, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Mouse.ClickAsync(5, 300);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();

        await window.Row(name).GetByRole(AriaRole.Link, new() { Name = "Send test mail" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Send to").FillAsync("typed@example.com");
        await page.Mouse.ClickAsync(5, 300);
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Send to")).ToHaveValueAsync("typed@example.com");
    }

    [Fact]
    public async Task Selecting_a_provider_fills_in_the_form_and_shows_its_hint()
    {
        await using var window = await stage.OpenWindowAsync();
        await window.NewAsync();
        await window.Field("Provider").SelectOptionAsync("Microsoft 365");
        await Expect(window.Field("MessagesPerMinute")).ToHaveValueAsync("30");
        await Expect(window.Field("RecipientsPerDay")).ToHaveValueAsync("10000");
        await window.Field("Provider").SelectOptionAsync("Yahoo");

        await Expect(window.Field("RecipientsPerDay")).ToHaveValueAsync("");
        await Expect(window.Field("Host")).ToHaveValueAsync("smtp.mail.yahoo.com");
        await Expect(window.Field("Port")).ToHaveValueAsync("465");
        await Expect(window.Field("UseTls")).ToHaveValueAsync("false");
        await Expect(window.Field("UseSsl")).ToHaveValueAsync("true");
        await Expect(window.Page.Locator("[data-om-provider-hint=yahoo]")).ToContainTextAsync("app password");
        await Expect(window.Page.Locator("[data-om-provider-hint=gmail]")).ToBeHiddenAsync();
        await window.AssertAccessibleAsync("form");
    }

    [Fact]
    public async Task The_toggle_shows_the_password_that_is_being_typed()
    {
        await using var window = await stage.OpenWindowAsync();
        await window.NewAsync();
        await window.Field("Password").FillAsync("typed");
        await Expect(window.Field("Password")).ToHaveAttributeAsync("type", "password");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Show what you type" }).ClickAsync();
        await Expect(window.Field("Password")).ToHaveAttributeAsync("type", "text");
        await Expect(window.Field("Password")).ToHaveValueAsync("typed");
    }

    [Fact]
    public async Task Errors_are_shown_at_their_fields_and_the_first_invalid_field_has_the_focus()
    {
        await using var window = await stage.OpenWindowAsync();
        await window.NewAsync();
        await window.Field("Host").FillAsync("smtp.example.com");
        await window.Field("Port").FillAsync("70000");
        await window.SaveAsync();

        await Expect(window.Page.Locator("#om-port-error")).ToContainTextAsync("from 1 to 65535");
        await Expect(window.Field("Port")).ToBeFocusedAsync();
        await Expect(window.Field("Port")).ToHaveValueAsync("70000");
        await window.AssertAccessibleAsync("form-errors");
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(768, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    public async Task Every_page_fits_the_window_and_is_accessible(int width, ColorScheme colors)
    {
        var name = Unique("looks");
        await using var window = await stage.OpenWindowAsync(width, colors: colors);
        var page = window.Page;
        await window.NewAsync();
        await FitsAsync("form");
        await window.FillAsync(name, FreePort.Next(), "Yes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and send test mail" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(page.Locator("#om-result")).ToBeVisibleAsync();
        await FitsAsync("test-failed");
        await page.GotoAsync($"{AdminWindow.List}?search={name}");
        await FitsAsync("list");
        await page.GotoAsync($"{AdminWindow.List}/New");
        await FitsAsync("select-type-page");
        await page.GotoAsync($"{AdminWindow.List}?search=no-such-server");
        await FitsAsync("list-nothing");
        await page.GotoAsync("Admin");
        await FitsAsync("dashboard");

        async Task FitsAsync(string what)
        {
            await window.AssertAccessibleAsync($"{what}-{width}-{colors.ToString().ToLowerInvariant()}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{what} is wider than {width} pixels.");
        }
    }

    [Fact]
    public async Task A_test_message_whose_response_is_lost_is_not_sent_again_automatically()
    {
        var name = Unique("lost");
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await window.NewAsync();
        await window.FillAsync(name, FreePort.Next(), "Yes");
        await window.SaveAsync();
        var sent = 0;
        await page.RouteAsync("**/OutgoingMail/Test/*", route => route.Request.Method == "POST" && ++sent == 1 ? route.AbortAsync() : route.ContinueAsync());
        await page.GotoAsync($"{AdminWindow.List}?search={name}");
        await window.Row(name).GetByRole(AriaRole.Link, new() { Name = "Send test mail" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();

        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("The connection to this site was lost");
        await window.AssertAccessibleAsync("test-lost");
        Assert.Equal(1, sent);
        window.ForgetErrors();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(dialog.Locator("#om-result")).ToContainTextAsync("refused the connection");
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task On_a_phone_the_list_is_still_a_sortable_table()
    {
        var name = Unique("phone");
        await using var window = await stage.OpenWindowAsync(390, 844);
        var page = window.Page;
        await window.NewAsync();
        await window.FillAsync(name, FreePort.Next(), "Yes");
        await window.SaveAsync();
        await page.GotoAsync($"{AdminWindow.List}?search={name}");

        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Cell).First).ToContainTextAsync(name);
        var header = page.GetByRole(AriaRole.Columnheader, new() { Name = "Type" });
        await Expect(header).ToBeInViewportAsync();
        await header.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Type" })).ToHaveAttributeAsync("aria-sort", "ascending");
        await window.AssertAccessibleAsync("list-phone");
    }

    [Fact]
    public async Task A_server_can_be_created_with_the_keyboard_alone()
    {
        var name = Unique("keyboard");
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync(AdminWindow.List);
        await page.GetByRole(AriaRole.Link, new() { Name = "New", Exact = true }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Select Outlook" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Select Outlook" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Select Other" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await window.Field("Host").FocusAsync();
        await page.Keyboard.TypeAsync("localhost");
        await window.Field("Username").FocusAsync();
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("secret");
        await Expect(window.Field("DefaultFrom")).ToHaveValueAsync(name);
        await window.Field("DisplayName").FocusAsync();
        await page.Keyboard.TypeAsync("Acme");
        await page.Keyboard.PressAsync("Enter");
        await Expect(window.Row(name)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Everything_works_without_scripts()
    {
        var name = Unique("plain");
        await using var window = await stage.OpenWindowAsync(scripts: false);
        var page = window.Page;
        await window.NewAsync();
        await window.FillAsync(name, FreePort.Next(), "Yes");
        await window.SaveAsync();
        await page.GotoAsync($"{AdminWindow.List}?search={name}");
        await window.Row(name).GetByRole(AriaRole.Link, new() { Name = "Send test mail" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send test mail" }).ClickAsync();
        await Expect(page.Locator("#om-result")).ToContainTextAsync("refused the connection");
        await page.GotoAsync($"{AdminWindow.List}?search={name}");
        await window.Row(name).GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GotoAsync($"{AdminWindow.List}?search={name}");
        await Expect(window.Content).ToContainTextAsync("Nothing found");
    }
}
