using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>A field of an edit that somebody else was quicker than.</summary>
/// <param name="Label">What the form calls it.</param>
/// <param name="Mine">What was typed.</param>
/// <param name="Theirs">What is stored.</param>
public sealed record Difference(LocalizedString Label, string Mine, string Theirs);
