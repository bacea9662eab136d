namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>The message could not be read while it was sent: one of its streams failed, which is the inner exception.</summary>
public sealed class MessageContentException(Exception cause) : Exception("The message could not be read.", cause);
