using System.Diagnostics.CodeAnalysis;

namespace Horilla.Modules.OutgoingMail;

/// <summary>A message is larger than the outbox stores.</summary>
/// <param name="message">The error message.</param>
/// <param name="maxBytes">See <see cref="MaxBytes"/>.</param>
[SuppressMessage("Design", "CA1032", Justification = "It always has the limit.")]
public sealed class OutboxMessageTooLargeException(string message, long maxBytes) : Exception(message)
{
    /// <summary>The maximum size of a message with its attachments encoded, in bytes.</summary>
    public long MaxBytes { get; } = maxBytes;
}
