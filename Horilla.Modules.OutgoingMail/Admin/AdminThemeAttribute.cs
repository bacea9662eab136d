using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Admin;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Shows the pages of a controller in the admin panel, though their addresses are not below it. The theme is chosen before the action runs.</summary>
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
