namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The server asked for the content of a message although it accepted no recipient.</summary>
internal sealed class SmtpUnexpectedDataReplyException() : IOException("The server asked for the content of a message although it accepted no recipient.");
