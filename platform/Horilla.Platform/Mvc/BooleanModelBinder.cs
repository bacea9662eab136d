using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Mvc;

/// <summary>Binds true and false. Anything else is a model error.</summary>
internal sealed class BooleanModelBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(bool) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var result = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);

        if (result == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        if (bool.TryParse(result.FirstValue, out var value))
        {
            // Only a valid value is kept in the model state: a checkbox couldn't show another one.
            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, result);
            bindingContext.Result = ModelBindingResult.Success(value);
        }
        else
        {
            bindingContext.ModelState.AddModelError(bindingContext.ModelName, "Invalid Boolean value.");
        }

        return Task.CompletedTask;
    }
}
