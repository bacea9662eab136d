using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace OrchardCore.Mvc.ModelBinding;

public static class ModelStateDictionaryExtensions
{
    /// <summary>Adds an error to a field of a driver's view model.</summary>
    public static void AddModelError(this ModelStateDictionary modelState, string prefix, string key, string errorMessage)
        => modelState.AddModelError(string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}", errorMessage);
}
