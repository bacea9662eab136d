using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// Marks the invalid fields of a form for assistive technology (WAI-ARIA 1.2, aria-invalid), and focuses the first of them. Works
/// for all inputs with <c>asp-for</c> in views that add the tag helpers of this assembly.
/// </summary>
[HtmlTargetElement("input", Attributes = ForAttributeName)]
[HtmlTargetElement("select", Attributes = ForAttributeName)]
[HtmlTargetElement("textarea", Attributes = ForAttributeName)]
public sealed class InvalidFieldTagHelper : TagHelper
{
    private const string ForAttributeName = "asp-for";

    private const string FocusedKey = "InvalidFieldFocused";

    /// <summary>The field.</summary>
    [HtmlAttributeName(ForAttributeName)]
    public ModelExpression? For { get; set; }

    /// <summary>The view that is rendered.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (For is null || ViewContext is not { ViewData: var viewData }
            || viewData.ModelState[viewData.TemplateInfo.GetFullHtmlFieldName(For.Name)] is not { ValidationState: ModelValidationState.Invalid, Errors.Count: > 0 })
        {
            return;
        }

        output.Attributes.SetAttribute("aria-invalid", "true");

        if (ViewContext.HttpContext.Items.TryAdd(FocusedKey, true))
        {
            output.Attributes.SetAttribute(new TagHelperAttribute("autofocus"));
        }
    }
}
