using Horilla.Platform.Resources;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace OrchardCore.ResourceManagement.TagHelpers;

/// <summary>A script that a view needs: where the tag is, or once per page in the head or at the foot.</summary>
[HtmlTargetElement("script", Attributes = SrcAttributeName)]
public class ScriptTagHelper(IResourceManager resourceManager) : ResourceTagHelper
{
    protected override TagBuilder CreateTag(string url, TagHelperAttributeList attributes)
    {
        var script = new TagBuilder("script");
        script.Attributes["src"] = url;

        foreach (var attribute in attributes)
        {
            script.Attributes[attribute.Name] = attribute.Value?.ToString() ?? "";
        }

        return script;
    }

    protected override void Register(TagBuilder tag)
    {
        if (At == ResourceLocation.Head)
        {
            resourceManager.RegisterHeadScript(tag);
        }
        else
        {
            resourceManager.RegisterFootScript(tag);
        }
    }
}
