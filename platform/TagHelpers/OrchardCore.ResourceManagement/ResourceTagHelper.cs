using Horilla.Platform.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ResourceManagement;

namespace Horilla.Platform.Resources;

/// <summary>A file that a view needs: where the tag is, or once per page in the place for such files.</summary>
public abstract class ResourceTagHelper : TagHelper
{
    /// <summary>The attribute with the address of the file.</summary>
    protected const string SrcAttributeName = "asp-src";

    [HtmlAttributeName(SrcAttributeName)]
    public string Src { get; set; } = "";

    [HtmlAttributeName("asp-append-version")]
    public bool? AppendVersion { get; set; }

    [HtmlAttributeName("at")]
    public ResourceLocation At { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        var urls = ViewContext.HttpContext.RequestServices.GetRequiredService<ResourceUrlBuilder>();
        var tag = CreateTag(urls.Resolve(Src, AppendVersion ?? true), output.Attributes);

        if (At is ResourceLocation.Unspecified or ResourceLocation.Inline)
        {
            output.TagName = null;
            output.Content.SetHtmlContent(tag);

            return;
        }

        Register(tag);
        output.SuppressOutput();
    }

    /// <summary>Creates the tag.</summary>
    /// <param name="url">The address of the file.</param>
    /// <param name="attributes">The other attributes of the tag in the view.</param>
    protected abstract TagBuilder CreateTag(string url, TagHelperAttributeList attributes);

    /// <summary>Registers the tag for the head or the foot of the page.</summary>
    protected abstract void Register(TagBuilder tag);
}
