using Horilla.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Horilla.EndToEnd.Tests;

/// <summary>The sample module that sends email, in a real browser.</summary>
public sealed class ContactUsTests(EndToEndFixture stage) : Xunit.IClassFixture<EndToEndFixture>
{
    [OwnHostFact]
    public async Task A_message_with_an_attachment_is_sent_and_a_tenant_without_the_sample_has_no_such_page()
    {
        await using var window = await stage.OpenWindowAsync();
        var page = window.Page;
        await EnableAsync(page);
        await window.NewAsync();
        await window.FillAsync(EximServer.UserName, stage.Exim.StartTlsPort, "Yes");
        await window.SaveAsync();
        await Expect(window.Row(EximServer.UserName)).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Link, new() { Name = "Contact us" }).ClickAsync();
        await Expect(page.GetByText("Nothing has been sent yet.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Enter one email address")).ToBeVisibleAsync();
        await CheckAsync(window, "errors");

        var subject = $"From the sample {Guid.NewGuid():N}";
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("reader@example.com");
        await page.GetByLabel("Subject").FillAsync(subject);
        await page.GetByLabel("Message").FillAsync("Good day.");
        await page.GetByLabel("Attachment").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "Hello from a file"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator("#messages")).ToContainTextAsync("The message to reader@example.com is being sent.");
        await Expect(page.Locator(".list-group-item").First).ToContainTextAsync(subject);
        await CheckAsync(window, "sent");
        var mail = (await ReceivedMessage.WaitAsync(stage.Exim.ReceivedFolder, subject)).Message;
        Xunit.Assert.Equal("notes.txt", Xunit.Assert.Single(mail.Attachments).ContentDisposition?.FileName);

        using var admin = new WebBrowser(stage.Target.Address);
        await admin.SignInAsync(stage.Target.UserName, stage.Target.Password);
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, stage.Target.Address, name, new() { ["RecipeName"] = "Horilla" });
        await page.GotoAsync($"{name}/Login");
        await page.FillAsync("[name='LoginForm.UserName']", TenantPages.Administrator);
        await page.FillAsync("[name='LoginForm.Password']", TenantPages.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Outgoing Mail Server" }).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Contact us" })).ToHaveCountAsync(0);
        await page.GotoAsync($"{name}/Admin/ContactUs");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Page not found" })).ToBeVisibleAsync();
        window.ForgetErrors();
    }

    [OwnHostTheory]
    [Xunit.InlineData(390, ColorScheme.Light)]
    [Xunit.InlineData(390, ColorScheme.Dark)]
    [Xunit.InlineData(1280, ColorScheme.Dark)]
    public async Task The_page_fits_the_window_and_is_accessible(int width, ColorScheme colors)
    {
        await using var window = await stage.OpenWindowAsync(width, colors: colors);
        await EnableAsync(window.Page);
        await window.Page.GotoAsync("Admin/ContactUs");
        await CheckAsync(window, $"{width}-{colors.ToString().ToLowerInvariant()}");
    }

    private static async Task CheckAsync(AdminWindow window, string what)
    {
        await window.AssertAccessibleAsync($"contact-us-{what}");
        Xunit.Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{what} is wider than the window.");
    }

    private static async Task EnableAsync(IPage page)
    {
        await page.GotoAsync("Admin/Features?search=contact");
        var enable = page.GetByRole(AriaRole.Button, new() { Name = "Enable" }).First;

        // Another test may have enabled it already.
        if (await enable.IsVisibleAsync())
        {
            await enable.ClickAsync();
            await Expect(page.Locator("#messages")).ToContainTextAsync("was enabled");
        }
    }
}
