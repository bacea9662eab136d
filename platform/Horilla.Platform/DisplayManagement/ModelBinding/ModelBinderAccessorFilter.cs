using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace OrchardCore.DisplayManagement.ModelBinding;

/// <summary>Makes the model updater of the current controller available to services.</summary>
internal sealed class ModelBinderAccessorFilter(IUpdateModelAccessor accessor) : IActionFilter
{
    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.Controller is Controller controller)
        {
            accessor.ModelUpdater = new ControllerModelUpdater(controller);
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}
