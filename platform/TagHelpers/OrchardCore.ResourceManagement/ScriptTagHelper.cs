using Horilla.Platform.Mvc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;

namespace OrchardCore.ResourceManagement.TagHelpers;

/// <summary>A script file that a view needs: where it stands, or in the head or at the foot of the page, there once.</summary>
[HtmlTargetElement("script", Attributes = SrcAttributeName)]
public class ScriptTagHelper(IResourceManager resourceManager, IHttpContextAccessor httpContextAccessor) : TagHelper
{
    private const string SrcAttributeName = "asp-src";

    [HtmlAttributeName(SrcAttributeName)]
    public string Src { get; set; } = "";

    [HtmlAttributeName("asp-append-version")]
    public bool? AppendVersion { get; set; }

    [HtmlAttributeName("at")]
    public ResourceLocation At { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        var urls = httpContextAccessor.HttpContext!.RequestServices.GetRequiredService<ResourceUrlBuilder>();
        var url = urls.Resolve(Src, AppendVersion ?? true);

        if (At is ResourceLocation.Unspecified or ResourceLocation.Inline)
        {
            output.Attributes.SetAttribute("src", url);

            return;
        }

        var script = new TagBuilder("script");
        script.Attributes["src"] = url;

        foreach (var attribute in output.Attributes)
        {
            script.Attributes[attribute.Name] = attribute.Value?.ToString() ?? "";
        }

        if (At == ResourceLocation.Head)
        {
            resourceManager.RegisterHeadScript(script);
        }
        else
        {
            resourceManager.RegisterFootScript(script);
        }

        output.SuppressOutput();
    }
}
