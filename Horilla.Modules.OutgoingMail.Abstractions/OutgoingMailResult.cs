namespace Horilla.Modules.OutgoingMail;

/// <summary>The result of sending a message.</summary>
public sealed record OutgoingMailResult
{
    /// <summary>Whether the message was sent, partially sent, failed, suppressed or queued.</summary>
    public required OutgoingMailStatus Status { get; init; }

    /// <summary>The ID of the configuration that was used, or null if there was none.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>The ID of the message in the outbox (26 characters), or null if it isn't there.</summary>
    public string? MailId { get; init; }

    /// <summary>
    /// Why the message wasn't sent, or null if a server accepted it or the failure is suppressed. If the message is queued, why
    /// the first attempt failed.
    /// </summary>
    public OutgoingMailError? Error { get; init; }

    /// <summary>The recipients that the server rejected while it accepted the message for others. Empty if it accepted all or none.</summary>
    public IReadOnlyList<RecipientRefusal> RefusedRecipients { get; init; } = [];

    /// <summary>
    /// The server's response to the message, such as "2.0.0 OK queued as 4Xk9", on one line of at most 2 KB, or null if there
    /// was none.
    /// </summary>
    public string? ServerResponse { get; init => field = ServerText.Clean(value); }

    /// <summary>All steps of the delivery in order. Empty if no server was contacted.</summary>
    public IReadOnlyList<DeliveryStepReport> Steps { get; init; } = [];

    /// <summary>How long the whole attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether a server accepted the message for all of its recipients.</summary>
    public bool IsSent => Status == OutgoingMailStatus.Sent;
}
