namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The server waits for the content of a message that it accepted no recipient of.</summary>
internal sealed class SmtpUnexpectedDataReplyException() : IOException("The server waits for the content of a message although it accepted no recipient.");
