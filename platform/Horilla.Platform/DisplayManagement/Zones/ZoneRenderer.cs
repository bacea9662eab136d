using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement.Zones;

/// <summary>Renders the items of a zone one after the other.</summary>
internal static class ZoneRenderer
{
    public const string ShapeType = "Zone";

    public static async Task<IHtmlContent> RenderAsync(IShape zone, IDisplayHelper display)
    {
        var content = new HtmlContentBuilder();

        foreach (var item in zone.Items)
        {
            content.AppendHtml(item is IShape shape ? await display.ShapeExecuteAsync(shape) : (IHtmlContent)item);
        }

        return content;
    }
}
