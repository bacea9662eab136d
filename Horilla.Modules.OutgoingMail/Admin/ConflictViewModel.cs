using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>An edit, and what somebody else saved meanwhile.</summary>
/// <param name="Mine">What was typed.</param>
/// <param name="Theirs">What is stored.</param>
public sealed record ConflictViewModel(OutgoingMailConfiguration Mine, OutgoingMailConfiguration Theirs);
