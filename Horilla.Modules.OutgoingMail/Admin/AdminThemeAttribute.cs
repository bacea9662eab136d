using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Admin;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Renders a controller's pages in the admin theme, although their URLs aren't below the admin prefix. A resource filter, because the theme is selected before the action runs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdminThemeAttribute : Attribute, IAsyncResourceFilter
{
    /// <inheritdoc />
    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        AdminAttribute.Apply(context.HttpContext);

        return next();
    }
}
