using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Horilla.Testing;

/// <summary>A page that was answered.</summary>
/// <param name="Browser">The browser that got it.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Url">Where it was asked for.</param>
/// <param name="Location">Where it redirects to, as path and query; null for nowhere.</param>
/// <param name="RedirectsTo">That address, whole; null for nowhere.</param>
/// <param name="Headers">The headers of the answer that aren't those of its content.</param>
/// <param name="Text">The answer as it came.</param>
/// <param name="Document">The answer as HTML.</param>
public sealed record WebPage(WebBrowser Browser, HttpStatusCode Status, string Url, string? Location, Uri? RedirectsTo, HttpResponseHeaders Headers, string Text, IHtmlDocument Document)
{
    public string Title => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>The messages at the top of the page.</summary>
    public IReadOnlyList<string> Messages => [.. Document.QuerySelectorAll("#messages .alert").Select(Plain)];

    public static string Plain(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<string> All(string selector) => [.. Document.QuerySelectorAll(selector).Select(Plain)];

    public string? One(string selector) => Document.QuerySelector(selector) is { } element ? Plain(element) : null;

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

    /// <summary>Sends the main form with these values in place of its own. A value of null leaves a field out.</summary>
    /// <param name="changes">The values.</param>
    /// <param name="form">Which form it is.</param>
    /// <param name="action">Where a button of it sends it to; null for where the form does.</param>
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

    public Task<WebPage> FollowAsync() => Browser.OpenAsync(Location ?? throw new InvalidOperationException($"{Url} redirects nowhere: {Status}."));

    private IHtmlFormElement Form(string selector)
        => Document.QuerySelector<IHtmlFormElement>(selector) ?? throw new InvalidOperationException($"{Url} has no form '{selector}' ({Status}).");
}
