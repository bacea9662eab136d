using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace OrchardCore.ResourceManagement;

internal sealed class ResourceManager(HtmlEncoder encoder) : IResourceManager
{
    private readonly List<string> _styles = [];
    private readonly List<string> _headScripts = [];
    private readonly List<string> _footScripts = [];

    public void RegisterHeadScript(IHtmlContent script) => Register(_headScripts, script);

    public void RegisterFootScript(IHtmlContent script) => Register(_footScripts, script);

    public void RegisterStyle(IHtmlContent style) => Register(_styles, style);

    public void RenderStylesheet(TextWriter writer) => Render(_styles, writer);

    public void RenderHeadScript(TextWriter writer) => Render(_headScripts, writer);

    public void RenderFootScript(TextWriter writer) => Render(_footScripts, writer);

    private static void Render(List<string> tags, TextWriter writer)
    {
        foreach (var tag in tags)
        {
            writer.WriteLine(tag);
        }
    }

    private void Register(List<string> tags, IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, encoder);
        var tag = writer.ToString();

        if (!tags.Contains(tag))
        {
            tags.Add(tag);
        }
    }
}
