using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Horilla.Platform.Admin.Panel;

/// <summary>Validates the fields of forms.</summary>
internal static class ModelStateExtensions
{
    /// <summary>Adds an error to a field if its value is wrong.</summary>
    public static void AddErrorIf(this ModelStateDictionary modelState, bool isWrong, string field, LocalizedString message)
    {
        if (isWrong)
        {
            modelState.AddModelError(field, message.Value);
        }
    }
}
