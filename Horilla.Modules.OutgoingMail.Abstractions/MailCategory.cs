namespace Horilla.Modules.OutgoingMail;

/// <summary>A kind of message that a module sends.</summary>
/// <param name="Name">The technical name, in lower case: see <see cref="OutgoingMailOptions.Category"/>.</param>
/// <param name="Label">The label for administrators, for example "Password reset".</param>
public sealed record MailCategory(string Name, string Label);
