using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Horilla.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Horilla.EndToEnd.Tests;

/// <summary>A browser window and the actions of an administrator in it.</summary>
public sealed class AdminWindow : IAsyncDisposable
{
    public const string List = "Admin/OutgoingMail";

    /// <summary>The selector of a page's own content, in the admin panel of either platform.</summary>
    private const string ContentSelector = ".ta-content";

    private readonly IBrowserContext _context;
    private readonly bool _isOwnHost;
    private readonly List<string> _errors = [];

    public AdminWindow(IBrowserContext context, IPage page, bool isOwnHost)
    {
        _context = context;
        _isOwnHost = isOwnHost;
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

    /// <summary>The content of the page, without the frame of the admin panel.</summary>
    public ILocator Content => Page.Locator(ContentSelector);

    /// <summary>A notification of the admin panel that contains a text.</summary>
    public ILocator Message(string text) => Page.Locator("#messages .alert, .toast, [class*='message-']").Filter(new() { HasText = text }).First;

    public async Task SignInAsync(HostUnderTest target)
    {
        await Page.GotoAsync("Login");
        await Page.FillAsync("[name='LoginForm.UserName']", target.UserName);
        await Page.FillAsync("[name='LoginForm.Password']", target.Password);
        await Page.ClickAsync("form:has([name='LoginForm.Password']) button[type=submit]");

        // Polls the page: waiting for its load event can miss the event and never end.
        await Assertions.Expect(Page.Locator("[name='LoginForm.Password']")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Assertions.Expect(Page.Locator("#ta-left-sidebar")).ToBeAttachedAsync();
        await CollapseMenuAsync();
    }

    /// <summary>Collapses the menu of OrchardCore's admin theme, which covers the page on small screens.</summary>
    private async Task CollapseMenuAsync()
    {
        if (Page.ViewportSize?.Width < 768 && await Page.Locator("body:not(.left-sidebar-compact) .leftbar-compactor").IsVisibleAsync())
        {
            await Page.ClickAsync(".leftbar-compactor");
        }
    }

    /// <summary>Opens a menu entry and expands its groups as needed.</summary>
    /// <param name="path">The labels of the groups and of the entry.</param>
    public async Task OpenMenuEntryAsync(params string[] path)
    {
        var menu = Page.Locator("#ta-left-sidebar");
        var entry = menu.GetByRole(AriaRole.Link, new() { Name = path[^1], Exact = true }).First;

        foreach (var group in path[..^1])
        {
            if (!await entry.IsVisibleAsync() && await menu.GetByRole(AriaRole.Button, new() { Name = group }).First.IsVisibleAsync())
            {
                await menu.GetByRole(AriaRole.Button, new() { Name = group }).First.ClickAsync();
            }
        }

        await entry.ClickAsync();
    }

    public ILocator Field(string name) => Page.Locator($"[name='OutgoingMailConfiguration.{name}']:not([type=hidden])");

    /// <summary>Opens the form for a new server with the buttons of the pages.</summary>
    public async Task NewAsync(string type = "Select Other", string title = "Outgoing Mail Server Configuration")
    {
        await Page.GotoAsync(List);
        await Page.GetByRole(AriaRole.Link, new() { Name = "New", Exact = true }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = type }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
    }

    /// <summary>Opens the form for a new Outlook server.</summary>
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

    /// <summary>Checks the page against WCAG with axe and saves a screenshot.</summary>
    public async Task AssertAccessibleAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots")).FullName;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });

        if (Page.Url.Contains(List, StringComparison.Ordinal))
        {
            // OrchardCore's theme doesn't underline links, so our own styles have to distinguish them from the text around.
            await Page.EvaluateAsync("() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('a { text-decoration: none }'); document.adoptedStyleSheets.push(sheet); }");
        }

        // In another admin panel, only our content and an open dialog are checked, not the frame around them.
        // Our own theme also passes the enhanced contrast of WCAG's level AAA.
        var result = _isOwnHost
            ? await Page.RunAxe(new AxeRunOptions { Rules = new() { ["color-contrast-enhanced"] = new RuleOptions { Enabled = true } } })
            : await Page.RunAxe(new AxeRunContext { Include = [.. await SelectorsAsync()] });
        var violations = result.Violations.Where(violation => _isOwnHost || violation.Impact is "serious" or "critical");

        Assert.True(!violations.Any(), name + ": " + string.Join("; ", violations.Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})")));
    }

    private async Task<IEnumerable<AxeSelector>> SelectorsAsync()
        => await Page.Locator("dialog[open]").CountAsync() > 0 ? [new AxeSelector(ContentSelector), new AxeSelector("dialog[open]")] : [new AxeSelector(ContentSelector)];

    /// <summary>Forgets the errors that the browser has logged, for tests that cause errors on purpose.</summary>
    public void ForgetErrors() => _errors.Clear();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_errors);
    }
}
