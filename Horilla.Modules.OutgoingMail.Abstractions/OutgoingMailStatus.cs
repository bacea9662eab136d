namespace Horilla.Modules.OutgoingMail;

/// <summary>The outcome of sending a message.</summary>
public enum OutgoingMailStatus
{
    /// <summary>A server accepted the message for all of its recipients.</summary>
    Sent,

    /// <summary>No server accepted the message.</summary>
    Failed,

    /// <summary>No server accepted the message, and the configuration is set to fail silently. The reason is in the log.</summary>
    Suppressed,

    /// <summary>
    /// A server accepted the message for some of its recipients and rejected others: see
    /// <see cref="OutgoingMailResult.RefusedRecipients"/>. Send it again only to those, or the others receive it twice.
    /// </summary>
    PartiallySent,

    /// <summary>The message is in the outbox and will be sent in the background: see <see cref="OutgoingMailResult.MailId"/>.</summary>
    Queued,
}
