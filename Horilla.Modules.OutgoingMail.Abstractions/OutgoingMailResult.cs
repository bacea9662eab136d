namespace Horilla.Modules.OutgoingMail;

/// <summary>What came of a message.</summary>
public sealed record OutgoingMailResult
{
    /// <summary>Sent, partially sent, failed, or suppressed.</summary>
    public required OutgoingMailStatus Status { get; init; }

    /// <summary>The id of the configuration that was used; null where there was none.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>Why it was not sent; null where it was, and where the failure is suppressed.</summary>
    public OutgoingMailError? Error { get; init; }

    /// <summary>The recipients whom the server did not take, while it took the message for others; empty where it took all or none.</summary>
    public IReadOnlyList<RecipientRefusal> RefusedRecipients { get; init; } = [];

    /// <summary>
    /// The server's reply to the message, such as "2.0.0 OK queued as 4Xk9", in one line of at most 2 KB; null where there
    /// was none.
    /// </summary>
    public string? ServerResponse { get; init => field = ServerText.Clean(value); }

    /// <summary>All steps in their order; empty where no server was asked.</summary>
    public IReadOnlyList<DeliveryStepReport> Steps { get; init; } = [];

    /// <summary>How long the whole attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether a server accepted the message for all of its recipients.</summary>
    public bool IsSent => Status == OutgoingMailStatus.Sent;
}
