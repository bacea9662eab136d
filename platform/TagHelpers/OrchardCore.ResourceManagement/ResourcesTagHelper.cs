using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace OrchardCore.ResourceManagement.TagHelpers;

/// <summary>Writes what the views of the page have registered. Stands in layouts.</summary>
[HtmlTargetElement("resources", Attributes = nameof(Type))]
public class ResourcesTagHelper(IResourceManager resourceManager) : TagHelper
{
    public ResourceTagType Type { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await using var writer = new StringWriter();

        switch (Type)
        {
            case ResourceTagType.HeadScript:
                resourceManager.RenderHeadScript(writer);
                break;
            case ResourceTagType.FootScript:
                resourceManager.RenderFootScript(writer);
                break;
            case ResourceTagType.Stylesheet:
                resourceManager.RenderStylesheet(writer);
                break;
            default:
                throw new NotSupportedException($"There are no resources of the kind {Type}.");
        }

        output.TagName = null;
        output.Content.SetHtmlContent(new HtmlString(writer.ToString()));
    }
}
