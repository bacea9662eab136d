namespace Horilla.Modules.OutgoingMail;

/// <summary>A message in the outbox, as it was when it was read.</summary>
public sealed record OutboxMail
{
    /// <summary>The ID (26 characters).</summary>
    public required string Id { get; init; }

    /// <summary>The state.</summary>
    public required OutboxMailState State { get; init; }

    /// <summary>The priority.</summary>
    public OutboxPriority Priority { get; init; } = OutboxPriority.Normal;

    /// <summary>The ID of the configuration that it is or was sent through, or null while no server fits.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>The category (see <see cref="OutgoingMailOptions.Category"/>), or null if it has none.</summary>
    public string? Category { get; init; }

    /// <summary>The Message-ID without angle brackets (RFC 5322 section 3.6.4). The same in each attempt.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The address of the sender; empty before the first attempt if the message had no From.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The addresses of the recipients, without duplicates. Only the first 100 if there are more.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The subject, at most 255 characters on one line.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When it was stored, in UTC.</summary>
    public DateTime CreatedUtc { get; init; }

    /// <summary>The earliest time to send it, in UTC, or null if there is none.</summary>
    public DateTime? NotBeforeUtc { get; init; }

    /// <summary>When it expires, in UTC, or null for never.</summary>
    public DateTime? ExpiresUtc { get; init; }

    /// <summary>The earliest time of the next attempt, in UTC. Null if it isn't waiting.</summary>
    public DateTime? NextAttemptUtc { get; init; }

    /// <summary>When it reached its final state, in UTC, or null if it hasn't.</summary>
    public DateTime? EndedUtc { get; init; }

    /// <summary>The number of attempts to send it, 0 or more.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last attempt failed, or why it waits; null if there is no reason.</summary>
    public OutgoingMailError? Error { get; init; }

    /// <summary>The recipients that were rejected for good. Empty if there are none.</summary>
    public IReadOnlyList<RecipientRefusal> RefusedRecipients { get; init; } = [];
}
