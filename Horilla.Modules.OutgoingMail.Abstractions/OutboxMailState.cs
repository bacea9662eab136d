namespace Horilla.Modules.OutgoingMail;

/// <summary>The state of a message in the outbox. The last six are final, unless it is sent again.</summary>
public enum OutboxMailState
{
    /// <summary>It isn't due yet: see <see cref="OutboxMail.NotBeforeUtc"/>.</summary>
    Scheduled = 0,

    /// <summary>It waits to be sent, for the first time or again: see <see cref="OutboxMail.NextAttemptUtc"/>.</summary>
    Queued = 1,

    /// <summary>A node of the host is sending it.</summary>
    Sending = 2,

    /// <summary>A server accepted it for all recipients.</summary>
    Sent = 3,

    /// <summary>A server accepted it for some recipients, and rejected others.</summary>
    PartiallySent = 4,

    /// <summary>No server accepted it.</summary>
    Failed = 5,

    /// <summary>
    /// The server may have accepted it or not: the transfer had begun, and the response was never read (RFC 5321 section
    /// 4.5.5, RFC 1047). It isn't sent again automatically.
    /// </summary>
    InDoubt = 6,

    /// <summary>It was cancelled before it was sent.</summary>
    Cancelled = 7,

    /// <summary>It couldn't be sent before <see cref="OutboxOptions.ExpiresUtc"/>.</summary>
    Expired = 8,
}
