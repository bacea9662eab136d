namespace Horilla.Modules.OutgoingMail;

/// <summary>Which messages of a server are sent first. Messages of the same priority are sent by age.</summary>
public enum OutboxPriority
{
    /// <summary>Someone is waiting for it, for example for a password reset. A connection is kept free for these if the server accepts more than one.</summary>
    High = 0,

    /// <summary>The default.</summary>
    Normal = 1,

    /// <summary>One of many, for example a newsletter.</summary>
    Bulk = 2,
}
