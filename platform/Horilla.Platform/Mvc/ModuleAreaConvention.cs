using Microsoft.AspNetCore.Mvc.ApplicationModels;
using OrchardCore.Environment.Extensions;

namespace Horilla.Platform.Mvc;

/// <summary>Sets the area of a controller to its module, unless the controller names another area.</summary>
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
