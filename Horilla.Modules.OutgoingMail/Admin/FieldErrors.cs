using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using OrchardCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Adds the errors of a posted form at its fields.</summary>
/// <param name="modelState">The model state of the form.</param>
/// <param name="prefix">The prefix of the field names.</param>
internal sealed class FieldErrors(ModelStateDictionary modelState, string prefix)
{
    /// <summary>Adds an error.</summary>
    public void Add(string field, LocalizedString message) => modelState.AddModelError(prefix, field, message.Value);
}
