namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>An attempt to send a message.</summary>
/// <param name="Context">What event handlers receive.</param>
/// <param name="Result">The result.</param>
/// <param name="ContentStarted">Whether the server may have received some of the content.</param>
/// <param name="IsResumable">See <see cref="ServerTypes.IMailTransport.IsResumable"/>.</param>
public sealed record SendingAttempt(OutgoingMailContext Context, OutgoingMailResult Result, bool ContentStarted, bool IsResumable);
