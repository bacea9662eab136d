using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>An edit, and what somebody else saved meanwhile.</summary>
/// <param name="ModifiedBy">Who that was: the name of a user, empty where nobody knows.</param>
/// <param name="Differences">The fields of both, in the order of the form.</param>
public sealed record ConflictViewModel(string ModifiedBy, IReadOnlyList<Difference> Differences);
