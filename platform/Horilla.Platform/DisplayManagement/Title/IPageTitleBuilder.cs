using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement.Title;

public interface IPageTitleBuilder
{
    void AddSegment(IHtmlContent segment, string position = "0");

    IHtmlContent GenerateTitle(IHtmlContent? separator);

    void Clear();
}
