using Horilla.Platform.Resources;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace OrchardCore.ResourceManagement.TagHelpers;

/// <summary>A style sheet that a view needs: where the tag is, or once per page in the head.</summary>
[HtmlTargetElement("style", Attributes = SrcAttributeName)]
public class StyleTagHelper(IResourceManager resourceManager) : ResourceTagHelper
{
    protected override TagBuilder CreateTag(string url, TagHelperAttributeList attributes)
    {
        var link = new TagBuilder("link") { TagRenderMode = TagRenderMode.SelfClosing };
        link.Attributes["rel"] = "stylesheet";
        link.Attributes["href"] = url;

        return link;
    }

    protected override void Register(TagBuilder tag) => resourceManager.RegisterStyle(tag);
}
