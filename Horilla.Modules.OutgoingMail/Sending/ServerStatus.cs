namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>The status of a server, as its deliveries show it.</summary>
public enum ServerStatus
{
    /// <summary>Nothing was sent through it yet.</summary>
    NeverUsed,

    /// <summary>It accepted the last message, or rejected it for a reason that concerns that message only.</summary>
    Working,

    /// <summary>No message can be sent through it until something changes.</summary>
    Failing,

    /// <summary>No message can be sent through it until an account signs in. Server types note this; deliveries don't show it.</summary>
    SignInRequired,
}
