using System.Diagnostics;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using OrchardCore.DisplayManagement;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Renders the view of a shape within the view that displays it, with the same model state and form.</summary>
internal sealed class TemplateRenderer(
    RazorPageFactoryCache pages,
    IRazorViewEngine engine,
    IRazorPageActivator activator,
    HtmlEncoder encoder,
    DiagnosticListener diagnostics,
    ViewContextAccessor current)
{
    public async Task<IHtmlContent> RenderAsync(string path, IShape shape)
    {
        var outer = current.ViewContext ?? throw new InvalidOperationException($"The shape '{shape.Metadata.Type}' can only be displayed within a view.");
        var view = new RazorView(engine, activator, [], pages.Create(path), encoder, diagnostics);
        var data = new ViewDataDictionary<object>(outer.ViewData, shape);

        if (!string.IsNullOrEmpty(shape.Metadata.Prefix))
        {
            data.TemplateInfo.HtmlFieldPrefix = shape.Metadata.Prefix;
        }

        using var writer = new StringWriter();
        var context = new ViewContext(outer, view, data, writer);

        try
        {
            await view.RenderAsync(context);
        }
        finally
        {
            current.ViewContext = outer;
        }

        return new HtmlString(writer.ToString());
    }
}
