using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Horilla.Testing;

/// <summary>A response to a request of a <see cref="WebBrowser"/>.</summary>
/// <param name="Browser">The browser that received it.</param>
/// <param name="Status">The status code.</param>
/// <param name="Url">The requested URL.</param>
/// <param name="Location">The path and query that it redirects to, or null if it isn't a redirect.</param>
/// <param name="RedirectsTo">The complete address that it redirects to, or null if it isn't a redirect.</param>
/// <param name="Headers">The response headers, without the content headers.</param>
/// <param name="ContentHeaders">The headers about the body.</param>
/// <param name="Text">The body as text.</param>
/// <param name="Document">The body as an HTML document.</param>
public sealed record WebPage(WebBrowser Browser, HttpStatusCode Status, string Url, string? Location, Uri? RedirectsTo, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text, IHtmlDocument Document)
{
    public string Title => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>The messages at the top of the page.</summary>
    public IReadOnlyList<string> Messages => [.. Document.QuerySelectorAll("#messages .alert").Select(NormalizedText)];

    public static string NormalizedText(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<string> TextsOf(string selector) => [.. Document.QuerySelectorAll(selector).Select(NormalizedText)];

    public string? TextOf(string selector) => Document.QuerySelector(selector) is { } element ? NormalizedText(element) : null;

    /// <summary>The fields of the main form, as a browser would send them.</summary>
    public Dictionary<string, string> Fields(string form = "main form[method=post]")
    {
        var fields = new Dictionary<string, string>();

        foreach (var element in Form(form).Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { IsDisabled: false, Name: { Length: > 0 } name, Type: "checkbox" or "radio" } box when box.IsChecked:
                    fields[name] = box.Value;
                    break;
                case IHtmlInputElement { IsDisabled: false, Name: { Length: > 0 } name, Type: not ("checkbox" or "radio" or "submit" or "button") } input:
                    fields.TryAdd(name, input.Value);
                    break;
                case IHtmlSelectElement { IsDisabled: false, Name: { Length: > 0 } name } select:
                    fields[name] = select.Value ?? "";
                    break;
            }
        }

        return fields;
    }

    /// <summary>Submits the main form with some of its values changed. A null value leaves a field out.</summary>
    /// <param name="changes">The changed values.</param>
    /// <param name="form">The selector of the form.</param>
    /// <param name="action">The action of the button that submits it, or null for the action of the form.</param>
    public Task<WebPage> SubmitAsync(Dictionary<string, string?>? changes = null, string form = "main form[method=post]", string? action = null)
    {
        var fields = Fields(form);

        foreach (var (name, value) in changes ?? [])
        {
            if (value is null)
            {
                fields.Remove(name);
            }
            else
            {
                fields[name] = value;
            }
        }

        action ??= Form(form).GetAttribute("action");

        return Browser.PostAsync(string.IsNullOrEmpty(action) ? Url : action, fields);
    }

    public Task<WebPage> FollowAsync() => Browser.OpenAsync(Location ?? throw new InvalidOperationException($"{Url} isn't a redirect: {Status}."));

    private IHtmlFormElement Form(string selector)
        => Document.QuerySelector<IHtmlFormElement>(selector) ?? throw new InvalidOperationException($"{Url} has no form '{selector}' ({Status}).");
}
