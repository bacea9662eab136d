using System.Diagnostics.CodeAnalysis;

namespace Horilla.Modules.OutgoingMail;

/// <summary>The database couldn't store a message of the outbox, for example because its disk is full. Nothing of the message is stored.</summary>
/// <param name="message">The error message.</param>
/// <param name="innerException">The error of the database.</param>
[SuppressMessage("Design", "CA1032", Justification = "It always has a cause.")]
public sealed class OutboxStorageException(string message, Exception innerException) : Exception(message, innerException);
