namespace Horilla.Modules.OutgoingMail;

/// <summary>How and when a message of the outbox is sent.</summary>
public sealed record OutboxOptions
{
    /// <summary>The maximum length of <see cref="IdempotencyKey"/>.</summary>
    public const int MaxIdempotencyKeyLength = 500;

    /// <summary>How to send the message. Without <see cref="OutgoingMailOptions.ActingUser"/>, it is the user of the current request.</summary>
    public OutgoingMailOptions Sending { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The earliest time to send the message, or null for as soon as possible. A local time is converted; any other is taken as UTC.</summary>
    public DateTime? NotBeforeUtc { get; init; }

    /// <summary>
    /// When the message becomes worthless, or null for never. It isn't sent after that; its state is
    /// <see cref="OutboxMailState.Expired"/>. A local time is converted; any other is taken as UTC.
    /// </summary>
    public DateTime? ExpiresUtc { get; init; }

    /// <summary>
    /// Identifies the message for the caller, for example <c>invoice-4711</c>: enqueued again with the same key, it's the same
    /// message and sent once. 1 to 500 characters, case-sensitive. The key is known as long as the message is in the log.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Which messages of a server are sent first.</summary>
    public OutboxPriority Priority { get; init; } = OutboxPriority.Normal;

    /// <summary>
    /// Whether to send the message again, with the same Message-ID, if it isn't known whether a server has accepted it (see
    /// <see cref="OutboxMailState.InDoubt"/>). Its recipients may then receive it twice. False by default.
    /// </summary>
    public bool ResendIfInDoubt { get; init; }
}
