namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Whether a recipient is done.</summary>
internal enum OutboxRecipientState
{
    /// <summary>The next attempt includes it.</summary>
    Pending = 0,

    /// <summary>A server accepted the message for it.</summary>
    Accepted = 1,

    /// <summary>A server rejected it for good.</summary>
    Rejected = 2,
}
