using System.Text.RegularExpressions;
using Horilla.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Horilla.EndToEnd.Tests;

/// <summary>The life of a message in the outbox, in a real browser.</summary>
public sealed class MailLogTests(EndToEndFixture stage) : IClassFixture<EndToEndFixture>
{
    [OwnHostFact]
    public async Task A_message_waits_for_its_server_is_sent_and_is_sent_again()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await page.GotoAsync("Admin/Features?search=contact");

        if (await page.GetByRole(AriaRole.Button, new() { Name = "Enable" }).First.IsVisibleAsync())
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Enable" }).First.ClickAsync();
            await Expect(page.Locator("#messages")).ToContainTextAsync("was enabled");
        }

        // The server is down: the message waits.
        var port = FreePort.Next();
        var name = $"log-{Guid.NewGuid().ToString("N")[..8]}@acme.example";
        await window.NewAsync();
        await window.FillAsync(name, port, "No");
        await window.Field("NeedsNoSignIn").CheckAsync();
        await window.SaveAsync();
        await page.GotoAsync("Admin/OutgoingMail/Routing");
        await page.GetByLabel("Contact us").SelectOptionAsync(name);
        await window.AssertAccessibleAsync("mail-routing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("The routing was saved.");

        var subject = $"Life {Guid.NewGuid():N}";
        await page.GotoAsync("Admin/ContactUs");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("reader@example.com");
        await page.GetByLabel("Subject").FillAsync(subject);
        await page.GetByLabel("Message").FillAsync("Good day.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await window.OpenMenuEntryAsync("Settings", "Mail", "Mail Log");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(subject);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("search="));
        await window.AssertAccessibleAsync("mail-log");
        await page.GetByRole(AriaRole.Link, new() { Name = subject }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = subject })).ToBeVisibleAsync();
        await ReloadUntilAsync(page, "refused the connection");
        await window.AssertAccessibleAsync("mail-waiting");

        // The server is up: the message is sent, and again to somebody else.
        await using var server = new FakeSmtpServer(port: port);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();
        await server.WaitForMessageAsync(subject);

        // The page shows the result by itself.
        await Expect(page.Locator("main")).ToContainTextAsync("Sent: the server accepted the message", new() { Timeout = 60_000 });
        await window.AssertAccessibleAsync("mail-sent");
        await page.GetByText("Change recipients and send again").ClickAsync();
        await page.GetByLabel("Recipients", new() { Exact = true }).FillAsync("other@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again to these recipients" }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("will be sent again");
        await ReloadUntilAsync(page, "Sent: the server accepted the message");
        Assert.Equal(1, server.Count("RCPT TO:<other@example.com>"));

        // Several at once, after the dialog has named them. The log shows the result by itself.
        await page.GotoAsync($"Admin/OutgoingMail/Log?search={Uri.EscapeDataString(subject)}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send again" })).ToBeDisabledAsync();
        await page.GetByLabel("Select all").CheckAsync();
        await Expect(page.Locator("[data-om-selected-count]")).ToHaveTextAsync("2 selected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Send 2 messages again");
        await window.AssertAccessibleAsync("mail-log-selection");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("2 messages are in the outbox and will be sent again.");
        await Expect(page.Locator("tbody[role] tr")).ToHaveCountAsync(4);
        await Expect(page.Locator("tbody[role] td [class*=badge]").Filter(new() { HasText = "Sent" })).ToHaveCountAsync(4, new() { Timeout = 60_000 });
    }

    [OwnHostTheory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_pages_fit_the_window_and_are_accessible(int width, ColorScheme colors)
    {
        await using var window = await stage.OpenWindowAsync(width, colors: colors);

        foreach (var path in (string[])["Log", "OutboxSettings", "Routing"])
        {
            await window.Page.GotoAsync($"Admin/OutgoingMail/{path}");
            await window.AssertAccessibleAsync($"{path.ToLowerInvariant()}-{width}-{colors.ToString().ToLowerInvariant()}");
            Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than the window.");
        }
    }

    private static async Task ReloadUntilAsync(IPage page, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (!(await page.Locator("main").InnerTextAsync()).Contains(text, StringComparison.Ordinal))
        {
            Assert.False(limit.IsCancellationRequested, $"The page doesn't show '{text}'.");
            await page.WaitForTimeoutAsync(200);
            await page.ReloadAsync();
        }
    }
}
