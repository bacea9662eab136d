using Horilla.Platform.DisplayManagement;
using Horilla.Platform.Settings;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.Title;
using OrchardCore.DisplayManagement.Zones;
using OrchardCore.Settings;

namespace OrchardCore.DisplayManagement.Razor;

/// <summary>The base class of views and shape templates.</summary>
public abstract class RazorPage<TModel> : Microsoft.AspNetCore.Mvc.Razor.RazorPage<TModel>, IRazorPage
{
    private IViewLocalizer? _localizer;

    public override ViewContext ViewContext
    {
        get => base.ViewContext;
        set
        {
            base.ViewContext = value;

            if (value is not null)
            {
                value.HttpContext.RequestServices.GetRequiredService<ViewContextAccessor>().ViewContext = value;
            }
        }
    }

    public string? ViewLayout
    {
        get => Layout;
        set => Layout = value;
    }

    /// <summary>The localizer for the language of the request.</summary>
    public IViewLocalizer T
    {
        get
        {
            if (_localizer is null)
            {
                _localizer = Service<IViewLocalizer>();
                (_localizer as IViewContextAware)?.Contextualize(ViewContext);
            }

            return _localizer;
        }
    }

    public ISite Site => Service<CurrentSite>().Site;

    public IShapeFactory Factory => Service<IShapeFactory>();

    public dynamic New => Factory.New;

    public IPageTitleBuilder Title => Service<IPageTitleBuilder>();

    public IZoneHolding ThemeLayout => Service<CurrentLayout>().Layout;

    public Task<IHtmlContent> DisplayAsync(IShape? shape) => Service<IDisplayHelper>().ShapeExecuteAsync(shape);

    public Task<IHtmlContent> DisplayAsync(dynamic? shape)
    {
        object? value = shape;

        return value switch
        {
            null => Task.FromResult<IHtmlContent>(HtmlString.Empty),
            IShape found => DisplayAsync(found),
            IHtmlContent content => Task.FromResult(content),
            string text => Task.FromResult<IHtmlContent>(new HtmlContentBuilder().Append(text)),
            _ => throw new NotSupportedException($"A view can display shapes, HTML content and strings. It can't display the type {value.GetType()}."),
        };
    }

    /// <summary>Adds a segment to the page title, and returns the title so far.</summary>
    public IHtmlContent RenderTitleSegments(IHtmlContent segment, string position = "0", IHtmlContent? separator = null)
    {
        Title.AddSegment(segment, position);

        return Title.GenerateTitle(separator);
    }

    /// <inheritdoc cref="RenderTitleSegments(IHtmlContent, string, IHtmlContent)"/>
    public IHtmlContent RenderTitleSegments(string segment, string position = "0", IHtmlContent? separator = null)
        => RenderTitleSegments(new HtmlContentBuilder().Append(segment), position, separator);

    public IHtmlContent RenderLayoutBody() => RenderBody();

    private TService Service<TService>()
        where TService : notnull
        => Context.RequestServices.GetRequiredService<TService>();
}
