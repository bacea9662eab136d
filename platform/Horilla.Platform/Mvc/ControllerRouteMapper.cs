using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;

namespace Horilla.Platform.Mvc;

/// <summary>
/// Maps the actions of enabled features: admin actions below the admin prefix, with the template of their attribute, and
/// all others by area, controller and action.
/// </summary>
internal static class ControllerRouteMapper
{
    private const string DefaultTemplate = "{area}/{controller}/{action}/{id?}";

    public static void Map(IEndpointRouteBuilder routes, AdminOptions admin)
    {
        var actions = routes.ServiceProvider.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .OfType<ControllerActionDescriptor>()
            .Where(action => action.AttributeRouteInfo is null)
            .DistinctBy(action => (Value(action, "area"), action.ControllerName, action.ActionName));

        foreach (var action in actions)
        {
            var area = Value(action, "area");
            var attribute = action.MethodInfo.GetCustomAttribute<AdminAttribute>() ?? action.ControllerTypeInfo.GetCustomAttribute<AdminAttribute>();
            var template = attribute is null ? DefaultTemplate : $"{admin.AdminUrlPrefix}/{attribute.Template ?? DefaultTemplate}";
            var name = attribute is null ? DefaultTemplate : attribute.RouteName ?? $"{admin.AdminUrlPrefix}.{DefaultTemplate}";

            routes.MapAreaControllerRoute(
                name: ReplaceTokens(name, area, action),
                areaName: area,
                pattern: ReplaceTokens(template, area, action).TrimEnd('/'),
                defaults: new { controller = action.ControllerName, action = action.ActionName });
        }

        routes.MapControllers();
    }

    private static string Value(ControllerActionDescriptor action, string key) => action.RouteValues.TryGetValue(key, out var value) ? value ?? "" : "";

    private static string ReplaceTokens(string template, string area, ControllerActionDescriptor action)
        => template
            .Replace("{area}", area, StringComparison.OrdinalIgnoreCase)
            .Replace("{controller}", action.ControllerName, StringComparison.OrdinalIgnoreCase)
            .Replace("{action}", action.ActionName, StringComparison.OrdinalIgnoreCase);
}
