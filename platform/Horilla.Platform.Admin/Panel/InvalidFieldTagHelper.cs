using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Horilla.Platform.Admin.Panel;

/// <summary>Marks the invalid fields of the panel's forms with aria-invalid, and focuses the first of them.</summary>
[HtmlTargetElement("input", Attributes = ForAttributeName)]
[HtmlTargetElement("select", Attributes = ForAttributeName)]
[HtmlTargetElement("textarea", Attributes = ForAttributeName)]
public sealed class InvalidFieldTagHelper : TagHelper
{
    private const string ForAttributeName = "asp-for";
    private const string Autofocus = "autofocus";

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
        if (For is null || ViewContext is not { ViewData: { ModelState.IsValid: false } viewData })
        {
            return;
        }

        // Only an invalid field may have the focus.
        output.Attributes.RemoveAll(Autofocus);

        if (viewData.ModelState[viewData.TemplateInfo.GetFullHtmlFieldName(For.Name)] is not { ValidationState: ModelValidationState.Invalid, Errors.Count: > 0 })
        {
            return;
        }

        output.Attributes.SetAttribute("aria-invalid", "true");

        if (ViewContext.HttpContext.Items.TryAdd(FocusedKey, true))
        {
            output.Attributes.SetAttribute(new TagHelperAttribute(Autofocus));
        }
    }
}
