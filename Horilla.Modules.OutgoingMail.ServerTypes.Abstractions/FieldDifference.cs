using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>A field in an edit conflict.</summary>
/// <param name="Label">The label of the field in the form.</param>
/// <param name="Mine">The value in the edit.</param>
/// <param name="Theirs">The value that someone else saved.</param>
public sealed record FieldDifference(LocalizedString Label, string Mine, string Theirs);
