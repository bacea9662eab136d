using Deque.AxeCore.Playwright;
using Horilla.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Horilla.EndToEnd.Tests;

/// <summary>A window of the browser, and what an administrator does in it.</summary>
public sealed class Window : IAsyncDisposable
{
    public const string List = "Admin/OutgoingMail";

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public async Task SignInAsync(Target target)
    {
        await Page.GotoAsync("Login");
        await Page.FillAsync("[name='LoginForm.UserName']", target.UserName);
        await Page.FillAsync("[name='LoginForm.Password']", target.Password);
        await Page.ClickAsync("form:has([name='LoginForm.Password']) button[type=submit]");
    }

    public ILocator Field(string name) => Page.Locator($"[name='OutgoingMailConfiguration.{name}']:not([type=hidden])");

    /// <summary>Opens the form of a new server by the buttons of the pages.</summary>
    public async Task NewAsync(string type = "Select Other", string title = "Outgoing Mail Server Configuration")
    {
        await Page.GotoAsync(List);
        await Page.GetByRole(AriaRole.Link, new() { Name = "New", Exact = true }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = type }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
    }

    /// <summary>Opens the form of a new Outlook server.</summary>
    public Task NewOutlookAsync() => NewAsync("Select Outlook", "Create Mail Configuration");

    public async Task FillAsync(string userName, int port, string tls, string displayName = "Acme", string? password = null)
    {
        await Field("Host").FillAsync("localhost");
        await Field("Port").FillAsync(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Field("UseTls").SelectOptionAsync(tls);
        await Field("UseSsl").SelectOptionAsync("No");
        await Field("Username").FillAsync(userName);
        await Field("Password").FillAsync(password ?? EximServer.Password);
        await Field("DefaultFrom").FillAsync("info@acme.example");
        await Field("DisplayName").FillAsync(displayName);
    }

    public Task SaveAsync() => Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

    public ILocator Row(string userName) => Page.Locator("tbody tr", new() { HasText = userName });

    /// <summary>Holds the page against WCAG by axe, and keeps a picture of it.</summary>
    public async Task CheckAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots")).FullName;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        var result = await Page.RunAxe();
        var violations = result.Violations.Where(violation => violation.Impact is "serious" or "critical");

        Assert.True(!violations.Any(), name + ": " + string.Join("; ", violations.Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})")));
    }

    /// <summary>For tests that break something on purpose, which the browser remarks on.</summary>
    public void ForgetErrors() => _errors.Clear();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_errors);
    }
}
