using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace OrchardCore.Admin;

/// <summary>Marks a controller or action as part of the admin panel: it gets the URL prefix and the layout of the panel, and requires the permission to access it.</summary>
/// <param name="template">The route below the prefix. {area}, {controller} and {action} are filled in.</param>
/// <param name="routeName">The name of the route, with the same placeholders.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public class AdminAttribute(string? template = null, string? routeName = null) : Attribute, IAsyncResourceFilter
{
    public const string NameFromControllerAndAction = "{controller}{action}";

    public string? Template { get; set; } = template;

    public string? RouteName { get; set; } = routeName;

    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        Apply(context.HttpContext);

        return next();
    }

    public static void Apply(HttpContext context) => context.Items[typeof(AdminAttribute)] = true;

    public static bool IsApplied(HttpContext context) => context.Items.ContainsKey(typeof(AdminAttribute));
}
