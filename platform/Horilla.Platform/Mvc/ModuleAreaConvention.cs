using Microsoft.AspNetCore.Mvc.ApplicationModels;
using OrchardCore.Environment.Extensions;

namespace Horilla.Platform.Mvc;

/// <summary>The area of a controller is its module, unless it names another one.</summary>
internal sealed class ModuleAreaConvention(ITypeFeatureProvider types) : IControllerModelConvention
{
    public void Apply(ControllerModel controller)
    {
        if (!controller.RouteValues.ContainsKey("area"))
        {
            controller.RouteValues.Add("area", types.GetFeatureForDependency(controller.ControllerType).Extension.Id);
        }
    }
}
