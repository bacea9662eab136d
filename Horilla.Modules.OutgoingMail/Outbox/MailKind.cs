namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>How a message of the log was sent.</summary>
public enum MailKind
{
    /// <summary>By the outbox.</summary>
    Outbox = 0,

    /// <summary>At once.</summary>
    AtOnce = 1,

    /// <summary>At once, to test a server.</summary>
    Test = 2,
}
