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
}
