using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace OrchardCore.DisplayManagement.TagHelpers;

/// <summary>Marks the element around a field that has an error.</summary>
[HtmlTargetElement("*", Attributes = ValidationForAttributeName)]
public class ValidationMessageTagHelper : TagHelper
{
    private const string ValidationForAttributeName = "asp-validation-class-for";

    [HtmlAttributeName(ValidationForAttributeName)]
    public ModelExpression For { get; set; } = null!;

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

        if (ViewContext.ViewData.ModelState.GetFieldValidationState(name) == ModelValidationState.Invalid)
        {
            var mark = new TagBuilder(output.TagName ?? "div");
            mark.Attributes["class"] = "has-validation-error is-invalid";
            output.MergeAttributes(mark);
        }
    }
}
