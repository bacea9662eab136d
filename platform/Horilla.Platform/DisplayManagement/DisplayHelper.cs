using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Zones;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Displays a shape with the first template that exists for its alternates, its type, or its type shortened at its double underscores.</summary>
internal sealed class DisplayHelper(ShapeTemplateLocator templates, TemplateRenderer renderer) : IDisplayHelper
{
    public async Task<IHtmlContent> ShapeExecuteAsync(IShape? shape)
    {
        if (shape is null)
        {
            return HtmlString.Empty;
        }

        foreach (var processing in shape.Metadata.ProcessingAsync)
        {
            await processing(shape);
        }

        if (shape.Metadata.ChildContent is { } content)
        {
            return content;
        }

        if (shape.Metadata.Type == ZoneRenderer.ShapeType)
        {
            return await ZoneRenderer.RenderAsync(shape, this);
        }

        var path = Candidates(shape).Select(templates.Find).FirstOrDefault(found => found is not null)
            ?? throw new InvalidOperationException($"No template was found for the shape type '{shape.Metadata.Type}'.");

        return await renderer.RenderAsync(path, shape);
    }

    private static IEnumerable<string> Candidates(IShape shape)
    {
        foreach (var alternate in shape.Metadata.Alternates.Reverse())
        {
            yield return alternate;
        }

        for (var type = shape.Metadata.Type; type.Length > 0; type = type.LastIndexOf("__", StringComparison.Ordinal) is var cut && cut > 0 ? type[..cut] : "")
        {
            yield return type;
        }
    }
}
