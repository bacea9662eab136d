using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>An edit and the version that someone else saved in the meantime.</summary>
/// <param name="ModifiedBy">The name of the user who saved that version; empty if unknown.</param>
/// <param name="Differences">The fields of both versions, in the order of the form.</param>
public sealed record EditConflictViewModel(string ModifiedBy, IReadOnlyList<FieldDifference> Differences);
