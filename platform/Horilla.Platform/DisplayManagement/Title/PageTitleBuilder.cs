using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Title;

internal sealed class PageTitleBuilder : IPageTitleBuilder
{
    private static readonly HtmlString DefaultSeparator = new(" - ");

    private ShapeItems _segments = new();

    public void AddSegment(IHtmlContent segment, string position = "0") => _segments.Add(segment, position);

    public void Clear() => _segments = new ShapeItems();

    public IHtmlContent GenerateTitle(IHtmlContent? separator)
    {
        var title = new HtmlContentBuilder();
        var first = true;

        foreach (var segment in _segments.Sorted)
        {
            if (!first)
            {
                title.AppendHtml(separator ?? DefaultSeparator);
            }

            title.AppendHtml((IHtmlContent)segment);
            first = false;
        }

        return title;
    }
}
