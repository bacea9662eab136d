namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>What became of a claimed message.</summary>
internal sealed record OutboxOutcome
{
    public required OutboxClaim Claim { get; init; }

    public required OutboxMailState State { get; init; }

    /// <summary>The server; empty if none fits.</summary>
    public required string ConfigurationId { get; init; }

    /// <summary>The server that it's moved away from; null if it isn't.</summary>
    public string? RoutedFrom { get; init; }

    public required string Sender { get; init; }

    public required int Attempts { get; init; }

    /// <summary>When the attempt ended, in ticks.</summary>
    public required long At { get; init; }

    /// <summary>The time of the next attempt, in ticks. Kept if there is none.</summary>
    public required long DueAt { get; init; }

    /// <summary>When the message reached its final state, in ticks; null if it hasn't.</summary>
    public long? EndedAt { get; init; }

    /// <summary>The result of the attempt; null if there was no attempt.</summary>
    public OutgoingMailResult? Result { get; init; }

    /// <summary>Why it wasn't sent, or why it waits.</summary>
    public OutgoingMailError? Error { get; init; }

    /// <summary>Whether a server accepted the message, for some recipients at least.</summary>
    public bool WasAccepted { get; init; }

    /// <summary>The recipients that were rejected for good in this attempt.</summary>
    public IReadOnlyList<RecipientRefusal> RejectedRecipients { get; init; } = [];

    /// <summary>The recipients that the next attempt is for, if the message was accepted for others.</summary>
    public IReadOnlyList<string> PendingRecipients { get; init; } = [];

    /// <summary>Whether the attempt showed that the server works.</summary>
    public bool ServerWorks { get; init; }

    /// <summary>Why the server failed; null if it didn't.</summary>
    public OutgoingMailError? ServerError { get; init; }

    /// <summary>The new state of the server; null if it doesn't change.</summary>
    public OutboxServerState? ServerState { get; init; }

    /// <summary>Whether the stored state of the server is removed, because it works again.</summary>
    public bool ClearsServerState { get; init; }

    /// <summary>Returns how a message that ended counts in the statistics.</summary>
    public (string ConfigurationId, long At, bool IsSent) GetEnd() => (ConfigurationId, At, State is OutboxMailState.Sent or OutboxMailState.PartiallySent);
}
