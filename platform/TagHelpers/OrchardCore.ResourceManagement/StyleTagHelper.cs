using Horilla.Platform.Mvc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;

namespace OrchardCore.ResourceManagement.TagHelpers;

/// <summary>A style sheet that a view needs: in the head of the page, there once, unless it is to stand where it is.</summary>
[HtmlTargetElement("style", Attributes = SrcAttributeName)]
public class StyleTagHelper(IResourceManager resourceManager, IHttpContextAccessor httpContextAccessor) : TagHelper
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
        var link = new TagBuilder("link") { TagRenderMode = TagRenderMode.SelfClosing };
        link.Attributes["rel"] = "stylesheet";
        link.Attributes["href"] = urls.Resolve(Src, AppendVersion ?? true);

        if (At is ResourceLocation.Unspecified or ResourceLocation.Inline)
        {
            output.TagName = null;
            output.Content.SetHtmlContent(link);

            return;
        }

        resourceManager.RegisterStyle(link);
        output.SuppressOutput();
    }
}
