namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The server waits for the content of a message that nobody accepted.</summary>
internal sealed class SmtpUnwantedDataException() : IOException("The server waits for the content of a message that nobody takes.");
