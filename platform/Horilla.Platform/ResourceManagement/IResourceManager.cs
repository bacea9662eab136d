using Microsoft.AspNetCore.Html;

namespace OrchardCore.ResourceManagement;

/// <summary>The scripts and styles that the views of a request need. Duplicates are rendered once.</summary>
public interface IResourceManager
{
    void RegisterHeadScript(IHtmlContent script);

    void RegisterFootScript(IHtmlContent script);

    void RegisterStyle(IHtmlContent style);

    void RenderStylesheet(TextWriter writer);

    void RenderHeadScript(TextWriter writer);

    void RenderFootScript(TextWriter writer);
}
