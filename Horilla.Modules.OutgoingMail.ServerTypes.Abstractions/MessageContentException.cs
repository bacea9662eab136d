namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>The message couldn't be read while it was being sent. The inner exception is the one that a stream of the message threw.</summary>
public sealed class MessageContentException(Exception innerException) : Exception("The message couldn't be read.", innerException);
