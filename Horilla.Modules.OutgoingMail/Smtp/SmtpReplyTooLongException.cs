namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A server sent more than a reply may have: see <see cref="SmtpReplyLimit"/>.</summary>
internal sealed class SmtpReplyTooLongException() : IOException($"The server sent a reply of more than {SmtpReplyLimit.MaxBytes} bytes or {SmtpReplyLimit.MaxLines} lines.");
