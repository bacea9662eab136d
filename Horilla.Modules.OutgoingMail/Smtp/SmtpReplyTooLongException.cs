namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A server sent a reply that exceeds <see cref="SmtpReplyLimit"/>.</summary>
internal sealed class SmtpReplyTooLongException() : IOException($"The server sent a reply of more than {SmtpReplyLimit.MaxBytes} bytes or {SmtpReplyLimit.MaxLines} lines.");
