using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using OrchardCore.DisplayManagement.Layout;

namespace OrchardCore.DisplayManagement.TagHelpers;

/// <summary>Adds its content to a zone of the layout.</summary>
[HtmlTargetElement("zone", Attributes = "name")]
public class ZoneTagHelper(ILayoutAccessor layoutAccessor) : TagHelper
{
    [HtmlAttributeName("name")]
    public string Name { get; set; } = "";

    [HtmlAttributeName("position")]
    public string? Position { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var layout = await layoutAccessor.GetLayoutAsync();
        await layout.Zones.GetOrCreate(Name).AddAsync(new HtmlString(content.GetContent()), Position);
        output.SuppressOutput();
    }
}
