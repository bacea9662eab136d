namespace Horilla.Modules.OutgoingMail;

/// <summary>What came of a message.</summary>
public enum OutgoingMailStatus
{
    /// <summary>A server accepted the message for all of its recipients.</summary>
    Sent,

    /// <summary>No server accepted the message.</summary>
    Failed,

    /// <summary>No server accepted the message, and its configuration is set to fail silently. The reason is in the log.</summary>
    Suppressed,

    /// <summary>
    /// A server accepted the message for some of its recipients, and refused others: see
    /// <see cref="OutgoingMailResult.RefusedRecipients"/>. Sent again to all, it would reach the first ones twice.
    /// </summary>
    PartiallySent,
}
